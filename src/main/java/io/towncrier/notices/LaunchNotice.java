package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.notices.NoticeEdits.Transition;
import io.towncrier.notices.planning.PlanPage;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.notices.selection.Recipients;
import io.towncrier.notices.selection.SelectAudience;
import io.towncrier.platform.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Starts a notice: puts it into the inboxes and plans the first page of its deliveries, in one
 * transaction that is as short for ten million devices; or leaves it to its moment. The rest is
 * planned behind it ({@link io.towncrier.notices.planning.PlanNotices}).
 */
@ApplicationScoped
public class LaunchNotice {
  private final NoticeEdits edits;
  private final SelectAudience select;
  private final Recipients recipients;
  private final PlanPage pages;
  private final NoticesConfig config;
  private final InstantSource clock;

  LaunchNotice(
      NoticeEdits edits,
      SelectAudience select,
      Recipients recipients,
      PlanPage pages,
      NoticesConfig config,
      InstantSource clock) {
    this.edits = edits;
    this.select = select;
    this.recipients = recipients;
    this.pages = pages;
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

  /**
   * Starts what was written for a device of its writer alone, at once: it reaches nobody else, so
   * nobody else has to approve it.
   */
  public Uni<NoticeChange> runTest(String id, String operator) {
    return edits.change(
        id,
        OptionalInt.empty(),
        operator,
        stored ->
            stored.notice() instanceof Notice.Draft draft
                ? begin(draft.content(), draft::start)
                : NoticeEdits.wrongState("Only a draft can be started."));
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
      return NoticeEdits.transition(
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
                NoticeEdits.transition(
                    new Transition.Becomes(
                        written.schedule(at.moment()), "notice.scheduled", "for " + at.moment())));
  }

  private static Uni<Transition> refused(FieldError late) {
    return NoticeEdits.transition(new Transition.No(new NoticeChange.Refused(List.of(late))));
  }

  private Uni<Transition> begin(
      Notice.Content content, Function<Notice.Times, Notice.Running> start) {
    Instant now = clock.instant();
    return select
        .unknown(content.audience())
        .chain(errors -> errors.isEmpty() ? late(content, now) : Uni.createFrom().item(errors))
        .chain(
            errors ->
                errors.isEmpty()
                    ? pages.begin(content, now, start).map(LaunchNotice::started)
                    : NoticeEdits.transition(new Transition.No(new NoticeChange.Refused(errors))));
  }

  private static Transition started(PlanPage.Begun begun) {
    return new Transition.Becomes(
        begun.running(),
        "notice.started",
        begun.planned() + " deliveries" + (begun.through() ? "" : ", and those to come"),
        begun.planned(),
        begun.through());
  }

  /** Before its hour has come anywhere nobody asks where the devices are. */
  private Uni<List<FieldError>> late(Notice.Content content, Instant now) {
    if (!content.schedule().mayHavePassed(now)) {
      return Uni.createFrom().item(List.of());
    }
    return select
        .run(content.audience())
        .chain(
            outcome ->
                outcome instanceof SelectAudience.Outcome.Selected selected
                    ? recipients
                        .places(selected.selection())
                        .map(places -> content.schedule().defect(places, now).stream().toList())
                    : Uni.createFrom().item(((SelectAudience.Outcome.Refused) outcome).errors()));
  }
}
