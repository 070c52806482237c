package io.towncrier.notices;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.delivery.Outbox;
import io.towncrier.notices.NoticeEdits.Wish;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Ends notices of which nothing is left to send. */
@ApplicationScoped
public class FinishNotices {
  private final NoticeStore notices;
  private final NoticeEdits edits;
  private final Outbox outbox;
  private final InstantSource clock;

  FinishNotices(NoticeStore notices, NoticeEdits edits, Outbox outbox, InstantSource clock) {
    this.notices = notices;
    this.edits = edits;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** How many were ended. */
  public Uni<Long> run() {
    // Claims pass by what is settled; that a notice is done is seen by itself, also later.
    return outbox
        .settle()
        .chain(notices::withNothingLeft)
        .chain(
            ids ->
                Multi.createFrom()
                    .iterable(ids)
                    .onItem()
                    .transformToUniAndConcatenate(this::finish)
                    .collect()
                    .with(
                        Collectors.summingLong(
                            change -> change instanceof NoticeChange.Changed ? 1L : 0L)));
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

  private Uni<Wish> finish(Notice.Running running, boolean nothingLeft) {
    return nothingLeft
        ? NoticeEdits.wish(new Wish.Becomes(running.finish(clock.instant()), "notice.done", "", 0))
        : NoticeEdits.wrongState("Something of it is left.");
  }
}
