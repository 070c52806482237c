package io.towncrier.outcomes.judging;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.PolicyStore;
import io.towncrier.outcomes.health.Figures;
import io.towncrier.outcomes.health.JudgeRollout;
import io.towncrier.outcomes.health.Thresholds;
import io.towncrier.outcomes.health.Verdict;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Reads the counters of a release and judges them: five statements, however large the fleet. */
@ApplicationScoped
public class ReadHealth {
  private final OutcomeCounts counts;
  private final PolicyStore policies;
  private final Baselines baselines;
  private final CatalogueStore catalogue;
  private final InstantSource clock;

  ReadHealth(
      OutcomeCounts counts,
      PolicyStore policies,
      Baselines baselines,
      CatalogueStore catalogue,
      InstantSource clock) {
    this.counts = counts;
    this.policies = policies;
    this.baselines = baselines;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** As of now. */
  public Uni<RolloutHealth> of(ReleaseStore.Stored stored) {
    ReleaseId id = stored.id();
    return counts
        .of(id)
        .chain(
            counters ->
                counts
                    .failuresByNetwork(id)
                    .chain(
                        networks ->
                            policies
                                .thresholds(id)
                                .chain(
                                    thresholds ->
                                        baselines
                                            .of(id)
                                            .chain(
                                                before ->
                                                    soaked(stored.release())
                                                        .map(
                                                            soaked ->
                                                                judged(
                                                                    counters,
                                                                    networks,
                                                                    thresholds,
                                                                    before,
                                                                    soaked))))));
  }

  private Uni<Boolean> soaked(Release release) {
    Instant now = clock.instant();
    return catalogue
        .halt()
        .map(
            halt ->
                release
                    .rollout()
                    .hasSoaked(release.rolloutClock(halt, now), release.publishedAt()));
  }

  private static RolloutHealth judged(
      Map<Tally.Place, Long> counters,
      List<Long> networks,
      Thresholds thresholds,
      Figures before,
      boolean soaked) {
    Figures counted = Figures.of(counters, Tally.Place::counted);
    Figures judged = counted.since(before);
    Verdict verdict = JudgeRollout.of(judged, networks, thresholds, soaked);
    Figures others = Figures.of(counters, place -> !place.counted());
    boolean uncounted =
        JudgeRollout.of(others, List.of(), thresholds, false) instanceof Verdict.Halt;
    return new RolloutHealth(
        counters,
        counted,
        judged,
        Figures.capped(judged.failures(), networks),
        thresholds,
        verdict,
        uncounted);
  }
}
