package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.delivery.Outbox;
import io.towncrier.notices.NoticeEdits.Transition;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.schedule.DueTimes;
import io.towncrier.notices.schedule.Place;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.platform.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Starts a notice: plans its deliveries and puts it into the inboxes, in one transaction; or leaves
 * it to its moment.
 */
@ApplicationScoped
public class LaunchNotice {
  // FCM holds nothing longer (contract fcm-v1).
  private static final Duration LONGEST_LIFE = Duration.ofDays(28);

  private final NoticeEdits edits;
  private final SelectAudience select;
  private final Recipients recipients;
  private final Outbox outbox;
  private final NoticesConfig config;
  private final InstantSource clock;

  LaunchNotice(
      NoticeEdits edits,
      SelectAudience select,
      Recipients recipients,
      Outbox outbox,
      NoticesConfig config,
      InstantSource clock) {
    this.edits = edits;
    this.select = select;
    this.recipients = recipients;
    this.outbox = outbox;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Starts what was written, or schedules it.
   *
   * @param revision that the operator has seen, if any
   */
  public Uni<NoticeChange> run(String id, OptionalInt revision, String operator) {
    return edits.change(id, revision, operator, stored -> launch(stored.notice()));
  }

  /** Starts a scheduled notice whose moment has come; a second time it changes nothing. */
  Uni<NoticeChange> runScheduled(String id) {
    return edits.change(
        id,
        OptionalInt.empty(),
        AuditEntry.SYSTEM,
        stored ->
            stored.notice() instanceof Notice.Scheduled scheduled
                    && !scheduled.startsAt().isAfter(clock.instant())
                ? begin(scheduled.content(), scheduled::start)
                : NoticeEdits.wrongState("It is not to be started now."));
  }

  private Uni<Transition> launch(Notice notice) {
    if (!(notice instanceof Notice.Written written)) {
      return NoticeEdits.wrongState("Only a draft can be started.");
    }
    if (config.approvals() && written instanceof Notice.Draft) {
      return NoticeEdits.wish(
          new Transition.No(
              new NoticeChange.NotApproved(
                  "Approvals are on: somebody else has to approve it before it starts.")));
    }
    Schedule schedule = notice.content().schedule();
    if (!(schedule.when() instanceof Schedule.When.At at)) {
      return begin(notice.content(), written::start);
    }
    return schedule
        .defect(List.of(), clock.instant())
        .map(LaunchNotice::refused)
        .orElseGet(
            () ->
                NoticeEdits.wish(
                    new Transition.Becomes(
                        written.schedule(at.moment()),
                        "notice.scheduled",
                        "for " + at.moment(),
                        0)));
  }

  private static Uni<Transition> refused(FieldError late) {
    return NoticeEdits.wish(new Transition.No(new NoticeChange.Refused(List.of(late))));
  }

  private Uni<Transition> begin(
      Notice.Content content, Function<Notice.Times, Notice.Running> start) {
    return select
        .run(content.audience())
        .chain(
            outcome ->
                outcome instanceof SelectAudience.Outcome.Selected selected
                    ? plan(content, selected.selection(), start)
                    : NoticeEdits.wish(
                        new Transition.No(
                            new NoticeChange.Refused(
                                ((SelectAudience.Outcome.Refused) outcome).errors()))));
  }

  private Uni<Transition> plan(
      Notice.Content content, Selection selection, Function<Notice.Times, Notice.Running> start) {
    Instant now = clock.instant();
    return placesFor(content, selection)
        .chain(
            places -> {
              // Of a moment at which it starts by itself nothing is asked any more.
              Optional<FieldError> late =
                  content.schedule().isDated()
                      ? content.schedule().defect(places, now)
                      : Optional.empty();
              if (late.isPresent()) {
                return refused(late.get());
              }
              DueTimes due = content.schedule().dueTimes(now, places, config.jitter());
              Notice.Running running = start.apply(times(content, due, now));
              return outbox
                  .open(running.push())
                  .chain(() -> recipients.plan(content.id(), selection, due, now))
                  .map(
                      planned ->
                          new Transition.Becomes(
                              running, "notice.started", planned + " deliveries", planned));
            });
  }

  private Uni<List<Place>> placesFor(Notice.Content content, Selection selection) {
    return content.schedule().isLocal()
        ? recipients.places(selection)
        : Uni.createFrom().item(List.of());
  }

  /** The last device has the whole TTL; no message lives longer than the provider holds it. */
  static Notice.Times times(Notice.Content content, DueTimes due, Instant now) {
    Instant wanted = due.last().orElse(now).plus(content.ttl());
    Instant latest = due.first().orElse(now).plus(LONGEST_LIFE);
    return new Notice.Times(now, wanted.isBefore(latest) ? wanted : latest);
  }
}
