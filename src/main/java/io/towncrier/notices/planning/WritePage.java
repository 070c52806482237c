package io.towncrier.notices.planning;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.pacing.Backlog;
import io.towncrier.notices.schedule.DueTimes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Writes the deliveries of a page, and how far the walk is with them. */
@ApplicationScoped
class WritePage {
  private final DeliveryPlan plan;
  private final NoticeWalks walks;
  private final NoticeStore notices;
  private final Outbox outbox;
  private final Backlog backlog;
  private final InstantSource clock;

  WritePage(
      DeliveryPlan plan,
      NoticeWalks walks,
      NoticeStore notices,
      Outbox outbox,
      Backlog backlog,
      InstantSource clock) {
    this.plan = plan;
    this.walks = walks;
    this.notices = notices;
    this.outbox = outbox;
    this.backlog = backlog;
    this.clock = clock;
  }

  Uni<PlanPage.Page> run(Walk walk, Notice.Begun begun, ReadPage.Slice slice, DueTimes due) {
    Instant now = clock.instant();
    List<Recipient> recipients = recipients(begun, slice.addressed(), due, now);
    return add(walk.notice(), recipients)
        .call(planned -> keepPace(walk, begun, planned))
        .call(
            planned ->
                walks.advance(
                    walk.notice(),
                    new NoticeWalks.Step(
                        slice.next(), slice.last(), planned, walk.newer(slice.addressed()))))
        .map(
            planned ->
                new PlanPage.Page(walk.notice(), planned, dueBy(now, recipients), slice.last()));
  }

  Uni<Integer> one(Notice.Begun begun, Addressed device, DueTimes due) {
    List<Recipient> recipients = recipients(begun, List.of(device), due, clock.instant());
    return add(begun.content().id(), recipients);
  }

  /** A page has found somebody who is due later than all before. */
  Uni<Void> extend(String notice, Instant expiresAt) {
    return notices.extend(notice, expiresAt).chain(() -> outbox.extend(notice, expiresAt));
  }

  private Uni<Integer> add(String notice, List<Recipient> recipients) {
    return recipients.isEmpty()
        ? Uni.createFrom().item(0)
        : plan.add(notice, recipients)
            // The version before does not know of walks: it may have settled what was planned.
            .call(planned -> planned > 0 ? outbox.unsettle(notice) : Uni.createFrom().voidItem());
  }

  /** What is late keeps apart as far as the others of a notice that is spread. */
  private Uni<Void> keepPace(Walk walk, Notice.Begun begun, int planned) {
    Duration over = begun.content().schedule().spread();
    boolean spread = !over.isZero() && !begun.content().schedule().isLocal();
    return spread && planned > 0
        ? backlog.keep(walk.notice(), over.dividedBy(walk.planned() + planned))
        : Uni.createFrom().voidItem();
  }

  private static List<Recipient> recipients(
      Notice.Begun begun, List<Addressed> addressed, DueTimes due, Instant now) {
    Notice.Content content = begun.content();
    Instant startedAt = begun.times().startedAt();
    Instant last = DueRows.expiresAt(content, due, startedAt);
    boolean expired = !last.isAfter(now) && !begun.times().expiresAt().isAfter(now);
    return DueRows.of(content.id(), addressed, due, startedAt, expired);
  }

  private static int dueBy(Instant now, List<Recipient> recipients) {
    return (int)
        recipients.stream()
            .filter(one -> one.suppressed().isEmpty() && !one.due().isAfter(now))
            .count();
  }
}
