package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.notices.NoticeEdits.Wish;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalInt;

/**
 * Stops the pushes of a notice for a while, and lets them go on: those that are left, each once.
 */
@ApplicationScoped
public class PauseNotice {
  private static final String REASON = "notice-paused";

  private final NoticeEdits edits;
  private final Outbox outbox;

  PauseNotice(NoticeEdits edits, Outbox outbox) {
    this.edits = edits;
    this.outbox = outbox;
  }

  /** Once this has answered, nothing of it is pushed until it is resumed. */
  public Uni<NoticeChange> pause(String id, String operator) {
    return edits
        .change(
            id,
            OptionalInt.empty(),
            operator,
            stored ->
                stored.notice() instanceof Notice.Running running
                    ? outbox
                        .halt(id, REASON)
                        .replaceWith(new Wish.Becomes(running.pause(), "notice.paused", "", 0))
                    : NoticeEdits.wrongState("Only a running notice can be paused."))
        .call(() -> outbox.awaitNoticeNotInFlight(id));
  }

  /** Also of a notice that an error of the provider has halted. */
  public Uni<NoticeChange> resume(String id, String operator) {
    return edits.change(
        id,
        OptionalInt.empty(),
        operator,
        stored -> {
          if (stored.notice() instanceof Notice.Paused paused) {
            return outbox
                .resume(id)
                .replaceWith(new Wish.Becomes(paused.resume(), "notice.resumed", "", 0));
          } else if (stored.notice() instanceof Notice.Running running) {
            return outbox
                .resume(id)
                .chain(
                    halted ->
                        halted
                            ? NoticeEdits.wish(
                                new Wish.Becomes(running, "notice.resumed", "after an error", 0))
                            : NoticeEdits.wrongState("It is running already."));
          }
          return NoticeEdits.wrongState("Only a paused or halted notice can be resumed.");
        });
  }
}
