package io.towncrier.notices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.counts.NoticeCounts;
import io.towncrier.notices.planning.NoticeWalks;
import io.towncrier.notices.selection.CountAudience;
import io.towncrier.platform.rest.guards.ReachGuard;
import io.towncrier.platform.rest.guards.RepeatStore;
import io.towncrier.platform.rest.guards.Repeats;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What stands before acts on notices: how far they reach, and whether they are done already. */
@Singleton
class NoticeGuards {
  private final NoticeStore notices;
  private final CountAudience count;
  private final NoticeCounts counts;
  private final NoticeWalks walks;
  private final Repeats repeats;
  private final InstantSource clock;

  NoticeGuards(
      NoticeStore notices,
      CountAudience count,
      NoticeCounts counts,
      NoticeWalks walks,
      Repeats repeats,
      InstantSource clock) {
    this.notices = notices;
    this.count = count;
    this.counts = counts;
    this.walks = walks;
    this.repeats = repeats;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** Fails when the audience is larger than is expected. */
  Uni<Void> checkStart(String id, OptionalLong expected) {
    return expected.isEmpty()
        ? done()
        : audience(id).invoke(now -> check(expected, now)).chain(NoticeGuards::done);
  }

  /** Fails when more is left than is expected: what waits, or the audience while it is planned. */
  Uni<Void> checkResume(String id, OptionalLong expected) {
    if (expected.isEmpty()) {
      return done();
    }
    return walks
        .of(id)
        .chain(
            standing ->
                standing.isPresent() && standing.get().throughAt().isEmpty()
                    ? audience(id)
                    : counts.remaining(id).map(OptionalLong::of))
        .invoke(now -> check(expected, now))
        .chain(NoticeGuards::done);
  }

  private void check(OptionalLong expected, OptionalLong now) {
    now.ifPresent(known -> ReachGuard.check(expected, known, now()));
  }

  /** Empty of what there is not, or what names what there is not: the act itself refuses that. */
  private Uni<OptionalLong> audience(String id) {
    return notices
        .find(id)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(OptionalLong.empty())
                    : count
                        .run(found.get().notice().content().audience())
                        .map(
                            outcome ->
                                outcome instanceof CountAudience.Outcome.Counted counted
                                    ? OptionalLong.of(counted.reach().atMost())
                                    : OptionalLong.empty()));
  }

  /** Makes a draft, or answers as it did when the same was asked for with this key. */
  Uni<NoticeBodies.Shown> once(
      Optional<String> key,
      String operator,
      NoticeBodies.DraftBody body,
      Supplier<Uni<NoticeBodies.Shown>> work) {
    return repeats.once(
        key.map(
            given -> new RepeatStore.Request(operator, given, "createNotice", Repeats.hash(body))),
        NoticeBodies.Shown.class,
        work);
  }

  private static Uni<Void> done() {
    return Uni.createFrom().voidItem();
  }
}
