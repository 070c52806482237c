package io.towncrier.notices;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.delivery.Outbox;
import io.towncrier.events.EventTopic;
import io.towncrier.events.TellEvent;
import io.towncrier.notices.NoticeEdits.Transition;
import io.towncrier.notices.planning.Passage;
import io.towncrier.preferences.Suppression;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ends notices of which nothing is left to send, and what waits of those that were cancelled. */
@ApplicationScoped
public class FinishNotices {
  private final NoticeStore notices;
  private final NoticeEdits edits;
  private final Outbox outbox;
  private final NoticesConfig config;
  private final TellEvent events;
  private final InstantSource clock;

  FinishNotices(
      NoticeStore notices,
      NoticeEdits edits,
      Outbox outbox,
      NoticesConfig config,
      TellEvent events,
      InstantSource clock) {
    this.notices = notices;
    this.edits = edits;
    this.outbox = outbox;
    this.config = config;
    this.events = events;
    this.clock = clock;
  }

  /** How many were ended. */
  public Uni<Long> run() {
    // Claims pass by what is settled; that a notice is done is seen by itself, also later.
    return outbox
        .cancelledWithPending()
        .chain(this::suppressAll)
        .chain(outbox::settle)
        .chain(notices::doneWithSomethingLeft)
        .chain(ids -> each(ids, this::goOn))
        .chain(notices::withNothingLeft)
        .chain(ids -> each(ids, this::finish));
  }

  /** A page at a time, as it was planned. */
  private Uni<Void> suppressAll(List<String> cancelled) {
    return Multi.createFrom()
        .iterable(cancelled)
        .onItem()
        .transformToUniAndConcatenate(id -> Passage.through(() -> suppress(id), () -> true))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Passage.Page> suppress(String id) {
    return outbox
        .suppressPending(id, Suppression.NOTICE_CANCELLED.code(), config.page())
        .map(done -> done == config.page() ? Passage.Page.MORE : Passage.Page.LAST);
  }

  private static Uni<Long> each(List<String> ids, Function<String, Uni<NoticeChange>> change) {
    return Multi.createFrom()
        .iterable(ids)
        .onItem()
        .transformToUniAndConcatenate(change::apply)
        .collect()
        .with(Collectors.summingLong(done -> done instanceof NoticeChange.Changed ? 1L : 0L));
  }

  private Uni<NoticeChange> goOn(String id) {
    return edits.change(
        id,
        OptionalInt.empty(),
        AuditEntry.SYSTEM,
        stored ->
            stored.notice() instanceof Notice.Done done
                ? notices.hasNothingLeft(id).map(nothing -> goOn(done, nothing))
                : NoticeEdits.wrongState("It is not done any more."));
  }

  private static Transition goOn(Notice.Done done, boolean nothingLeft) {
    return nothingLeft
        ? new Transition.Nothing()
        : new Transition.Becomes(
            done.goOn(done.times().expiresAt()), "notice.reopened", "released deliveries");
  }

  private Uni<NoticeChange> finish(String id) {
    return edits.change(
        id,
        OptionalInt.empty(),
        AuditEntry.SYSTEM,
        stored ->
            stored.notice() instanceof Notice.Running running
                ? notices.hasNothingLeft(id).chain(nothing -> finish(running, nothing))
                : NoticeEdits.wrongState("It is not running any more."));
  }

  private Uni<Transition> finish(Notice.Running running, boolean nothingLeft) {
    return nothingLeft
        ? events
            .that(EventTopic.NOTICE_DONE, Map.of("notice", running.content().id(), "state", "done"))
            .replaceWith(new Transition.Becomes(running.finish(clock.instant()), "notice.done", ""))
        : NoticeEdits.wrongState("Something of it is left.");
  }
}
