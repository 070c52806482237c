package io.towncrier.releases.phases;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.events.EventTopic;
import io.towncrier.events.TellEvent;
import io.towncrier.platform.Halt;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.rollout.Rollout;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Notices that a phase has begun by its clock, and tells it once. While the catalogue is the same
 * and no phase is due, a look is one statement.
 */
@ApplicationScoped
public class WatchPhases {
  // What has begun earlier did so before anybody watched.
  private static final Duration JUST_OUT = Duration.ofDays(1);

  private final CatalogueStore catalogue;
  private final ReleaseStore releases;
  private final ToldPhases told;
  private final TellEvent events;
  private final Transactions transactions;
  private final InstantSource clock;
  private volatile Look last = new Look(-1, Instant.MIN);

  WatchPhases(
      CatalogueStore catalogue,
      ReleaseStore releases,
      ToldPhases told,
      TellEvent events,
      Transactions transactions,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.releases = releases;
    this.told = told;
    this.events = events;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * One look.
   *
   * @param hasTime asked before each release
   * @return how many phases were told
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    if (!events.isWanted(EventTopic.PHASE_BEGUN) && !events.isWanted(EventTopic.ROLLOUT_DONE)) {
      return Uni.createFrom().item(0L);
    }
    Instant now = clock.instant();
    Look before = last;
    return catalogue
        .revision()
        .chain(
            revision ->
                revision.number() == before.revision() && now.isBefore(before.next())
                    ? Uni.createFrom().item(0L)
                    : look(revision.number(), now, hasTime));
  }

  private Uni<Long> look(long revision, Instant now, BooleanSupplier hasTime) {
    return catalogue
        .halt()
        .chain(
            halt ->
                releases
                    .withPhases()
                    .chain(
                        all ->
                            told.all()
                                .chain(known -> tellAll(begun(all, known, halt, now), hasTime))
                                .invoke(
                                    done -> {
                                      // What no time was left for is looked at again.
                                      if (hasTime.getAsBoolean()) {
                                        last = new Look(revision, next(all, halt, now));
                                      }
                                    })));
  }

  /** When the next phase begins; a stop of all is looked at again soon. */
  private static Instant next(List<ReleaseStore.Stored> all, Halt halt, Instant now) {
    return all.stream()
        .map(ReleaseStore.Stored::release)
        .flatMap(
            release ->
                release
                    .rollout()
                    .nextPhase(release.rolloutClock(halt, now), release.publishedAt())
                    .stream())
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** Pure. The phases that have begun since the last look; what is held stands still. */
  static List<Begun> begun(
      List<ReleaseStore.Stored> all, Map<ReleaseId, Integer> known, Halt halt, Instant now) {
    List<Begun> begun = new ArrayList<>();
    for (ReleaseStore.Stored stored : all) {
      Release release = stored.release();
      Rollout rollout = release.rollout();
      int phase = rollout.phaseAt(release.rolloutClock(halt, now), release.publishedAt());
      Integer before = known.get(stored.id());
      if (rollout.state() == Rollout.State.RUNNING
          && phase >= 0
          && (before == null || before < phase)) {
        Instant begin = rollout.beginOfPhase(phase, release.publishedAt());
        boolean isNews = before != null || now.isBefore(begin.plus(JUST_OUT));
        begun.add(
            new Begun(
                stored.id(),
                phase,
                rollout.phases().get(phase).buckets(),
                phase + 1 == rollout.phases().size(),
                isNews));
      }
    }
    return begun;
  }

  private Uni<Long> tellAll(List<Begun> begun, BooleanSupplier hasTime) {
    return Multi.createFrom()
        .iterable(begun)
        .onItem()
        .transformToUniAndConcatenate(
            each ->
                hasTime.getAsBoolean()
                    ? transactions.inTransaction(() -> tell(each))
                    : Uni.createFrom().item(0L))
        .collect()
        .with(Collectors.summingLong(done -> done));
  }

  private Uni<Long> tell(Begun begun) {
    return told.advance(begun.id(), begun.phase())
        .chain(
            first ->
                first && begun.isNews()
                    ? events
                        .that(
                            EventTopic.PHASE_BEGUN,
                            Map.of(
                                "product",
                                begun.id().product(),
                                "version",
                                begun.id().version(),
                                "phase",
                                (long) begun.phase() + 1,
                                "buckets",
                                (long) begun.buckets()))
                        .chain(() -> tellDone(begun))
                        .replaceWith(1L)
                    : Uni.createFrom().item(0L));
  }

  private Uni<Void> tellDone(Begun begun) {
    return begun.isLast()
        ? events.that(
            EventTopic.ROLLOUT_DONE,
            Map.of(
                "product", begun.id().product(),
                "version", begun.id().version(),
                "buckets", (long) begun.buckets()))
        : Uni.createFrom().voidItem();
  }

  /**
   * A phase that runs.
   *
   * @param phase from 0
   * @param buckets how many of ten thousand are in
   * @param isLast whether no phase is to come
   * @param isNews whether it is told; else only remembered
   */
  record Begun(ReleaseId id, int phase, int buckets, boolean isLast, boolean isNews) {}

  /**
   * What the last look found.
   *
   * @param next before which nothing begins while the catalogue is the same
   */
  private record Look(long revision, Instant next) {}
}
