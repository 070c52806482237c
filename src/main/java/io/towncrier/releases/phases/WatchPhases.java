package io.towncrier.releases.phases;

import io.smallrye.mutiny.Uni;
import io.towncrier.events.EventTopic;
import io.towncrier.events.TellEvent;
import io.towncrier.platform.Halt;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.work.Batches;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.phases.ToldPhases.Told;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notices that a phase has begun by its clock, and that a rollout is done: its last phase has
 * begun, whatever its phases were before. Each is told once. While the catalogue is the same and no
 * phase is due, a look is one statement.
 */
@ApplicationScoped
public class WatchPhases {
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
   * @return how many events were told
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    if (!events.isWanted(EventTopic.PHASE_BEGUN) && !events.isWanted(EventTopic.ROLLOUT_DONE)) {
      return of(0L);
    }
    Instant now = clock.instant();
    Look before = last;
    return catalogue
        .revision()
        .chain(
            revision ->
                revision.number() == before.revision() && now.isBefore(before.next())
                    ? of(0L)
                    : look(revision.number(), now, hasTime));
  }

  private Uni<Long> look(long revision, Instant now, BooleanSupplier hasTime) {
    return catalogue
        .halt()
        .chain(
            halt ->
                told.all()
                    .chain(
                        known ->
                            rollouts(known)
                                .chain(
                                    all ->
                                        tellAll(Begun.since(known, all, halt, now), hasTime)
                                            .invoke(
                                                () -> {
                                                  // What no time was left for is looked at again.
                                                  if (hasTime.getAsBoolean()) {
                                                    last = new Look(revision, next(all, halt, now));
                                                  }
                                                }))));
  }

  /** All that have phases, and those that had some when they were told last. */
  private Uni<List<ReleaseStore.Stored>> rollouts(Map<ReleaseId, Told> known) {
    return releases
        .withPhases()
        .chain(
            all -> {
              Set<ReleaseId> found =
                  all.stream().map(ReleaseStore.Stored::id).collect(Collectors.toSet());
              List<ReleaseId> others =
                  known.entrySet().stream()
                      .filter(each -> !each.getValue().done() && !found.contains(each.getKey()))
                      .map(Map.Entry::getKey)
                      .toList();
              return others.isEmpty()
                  ? Uni.createFrom().item(all)
                  : releases.all(others).map(more -> together(all, more));
            });
  }

  private static List<ReleaseStore.Stored> together(
      List<ReleaseStore.Stored> all, List<ReleaseStore.Stored> others) {
    return Stream.concat(
            all.stream(),
            others.stream().filter(each -> each.release().state() == Release.State.PUBLISHED))
        .toList();
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

  private Uni<Long> tellAll(List<Begun> begun, BooleanSupplier hasTime) {
    return Batches.oneByOne(begun, hasTime, each -> transactions.inTransaction(() -> tell(each)));
  }

  private Uni<Long> tell(Begun begun) {
    return told.advance(begun.id(), begun.published(), begun.phase())
        .chain(first -> tellIf(first && begun.isNews(), EventTopic.PHASE_BEGUN, phaseBegun(begun)))
        .chain(count -> begun.isLast() ? tellDone(begun).map(done -> count + done) : of(count));
  }

  private Uni<Long> tellDone(Begun begun) {
    return told.finish(begun.id(), begun.published())
        .chain(first -> tellIf(first && begun.isNews(), EventTopic.ROLLOUT_DONE, done(begun)));
  }

  private Uni<Long> tellIf(boolean isTold, EventTopic topic, Map<String, Object> data) {
    return isTold ? events.that(topic, data).replaceWith(1L) : of(0L);
  }

  private static Map<String, Object> phaseBegun(Begun begun) {
    return Map.of(
        "product",
        begun.id().product(),
        "version",
        begun.id().version(),
        "phase",
        (long) begun.phase() + 1,
        "buckets",
        (long) begun.buckets());
  }

  private static Map<String, Object> done(Begun begun) {
    return Map.of(
        "product", begun.id().product(),
        "version", begun.id().version(),
        "buckets", (long) begun.buckets());
  }

  private static Uni<Long> of(long count) {
    return Uni.createFrom().item(count);
  }

  /**
   * What the last look found.
   *
   * @param next before which nothing begins while the catalogue is the same
   */
  private record Look(long revision, Instant next) {}
}
