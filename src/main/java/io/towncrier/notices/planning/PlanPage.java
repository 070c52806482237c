package io.towncrier.notices.planning;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.NoticesConfig;
import io.towncrier.notices.schedule.DueTimes;
import io.towncrier.preferences.Suppression;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Plans one page of a notice, in the transaction of its caller. How far the walk is stands in the
 * same transaction: a kill at any moment repeats a page or does not, and leaves out none.
 */
@ApplicationScoped
public class PlanPage {
  private final ReadPage read;
  private final WritePage write;
  private final NoticeWalks walks;
  private final NoticeStore notices;
  private final Outbox outbox;
  private final NoticesConfig config;

  PlanPage(
      ReadPage read,
      WritePage write,
      NoticeWalks walks,
      NoticeStore notices,
      Outbox outbox,
      NoticesConfig config) {
    this.read = read;
    this.write = write;
    this.walks = walks;
    this.notices = notices;
    this.outbox = outbox;
    this.config = config;
  }

  /** Begins a notice with its first page, so that a small one is planned when it has started. */
  public Uni<Begun> begin(
      Notice.Content content, Instant now, Function<Notice.Times, Notice.Running> start) {
    String id = content.id();
    return read.next(content.audience(), "", now)
        .chain(
            slice -> {
              DueTimes due = DueRows.dueTimes(content, slice.addressed(), now, config.jitter());
              Instant expiresAt = DueRows.expiresAt(content, due, now);
              Notice.Running running = start.apply(new Notice.Times(now, expiresAt));
              return outbox
                  .open(running.push())
                  .chain(() -> walks.begin(id, content.kind().isUrgent()))
                  .chain(walk -> write.run(walk, running, slice, due))
                  .map(page -> new Begun(running, page.planned(), page.last()));
            });
  }

  /** The next page of a notice whose walk is locked; one that was cancelled gets no more. */
  Uni<Page> next(Walk walk) {
    return notices
        .find(walk.notice())
        .chain(
            found ->
                found.orElseThrow().notice() instanceof Notice.Begun begun
                    ? next(walk, begun)
                    : over(walk));
  }

  private Uni<Page> next(Walk walk, Notice.Begun begun) {
    Notice.Content content = begun.content();
    Instant startedAt = begun.times().startedAt();
    return read.next(content.audience(), walk.after(), startedAt)
        .chain(
            slice -> {
              DueTimes due =
                  DueRows.dueTimes(content, slice.addressed(), startedAt, config.jitter());
              Instant expiresAt = DueRows.expiresAt(content, due, startedAt);
              // The notice before what it pushes, as everybody who changes both.
              return (expiresAt.isAfter(begun.times().expiresAt())
                      ? write.extend(content.id(), expiresAt)
                      : Uni.createFrom().voidItem())
                  .chain(() -> write(walk, begun, slice, due));
            });
  }

  /** Behind the lock that a cancellation waits for: it finds all that was planned, or stops it. */
  private Uni<Page> write(Walk walk, Notice.Begun begun, ReadPage.Slice slice, DueTimes due) {
    return outbox
        .lockContents(List.of(walk.notice()))
        .chain(
            contents ->
                contents.stream()
                        .flatMap(content -> content.halted().stream())
                        .anyMatch(Suppression.NOTICE_CANCELLED.code()::equals)
                    ? over(walk)
                    : write.run(walk, begun, slice, due));
  }

  private Uni<Page> over(Walk walk) {
    return walks.close(walk.notice()).replaceWith(new Page(walk.notice(), 0, 0, true));
  }

  /** Plans one device before its page, unless it is not addressed. */
  Uni<Integer> one(Notice.Begun begun, String device) {
    Notice.Content content = begun.content();
    Instant startedAt = begun.times().startedAt();
    return read.one(content.audience(), device, startedAt)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(0)
                    : write.one(
                        begun,
                        found.get(),
                        DueRows.dueTimes(
                            content, List.of(found.get()), startedAt, config.jitter())));
  }

  /**
   * A notice and its first page.
   *
   * @param through whether that was all
   */
  public record Begun(Notice.Running running, int planned, boolean through) {}

  /**
   * A page that is planned.
   *
   * @param due how many of its deliveries may be claimed at once
   */
  record Page(String notice, int planned, int due, boolean last) {}
}
