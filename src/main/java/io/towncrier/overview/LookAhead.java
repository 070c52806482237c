package io.towncrier.overview;

import io.smallrye.mutiny.Uni;
import io.towncrier.halts.HaltCell;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What happens by itself in the time to come, in its order. */
@ApplicationScoped
public class LookAhead {
  private static final Comparator<Upcoming> IN_ORDER =
      Comparator.comparing(Upcoming::at)
          .thenComparing(Upcoming::what)
          .thenComparing(Upcoming::subject);

  private final PlansStore plans;
  private final KnownRollouts rollouts;
  private final HaltCell halts;

  LookAhead(PlansStore plans, KnownRollouts rollouts, HaltCell halts) {
    this.plans = plans;
    this.rollouts = rollouts;
    this.halts = halts;
  }

  /**
   * The next so many things.
   *
   * @param from now, or later
   */
  public Uni<List<Upcoming>> run(Instant from, Instant until, int limit) {
    return plans
        .planned(from, until, limit)
        .chain(
            planned ->
                ofRollouts(from, until)
                    .map(
                        phases ->
                            Stream.concat(planned.stream(), phases.stream())
                                .sorted(IN_ORDER)
                                .limit(limit)
                                .toList()));
  }

  private Uni<List<Upcoming>> ofRollouts(Instant from, Instant until) {
    return plans
        .catalogue()
        .chain(
            catalogue ->
                halts
                    .now()
                    .chain(
                        standing ->
                            rollouts
                                .all(catalogue)
                                .map(
                                    all ->
                                        all.stream()
                                            .flatMap(
                                                stored ->
                                                    Upcoming.of(
                                                        stored, standing.rollouts(), from, until)
                                                        .stream())
                                            .toList())));
  }
}
