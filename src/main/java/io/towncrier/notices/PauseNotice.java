package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.notices.NoticeEdits.Transition;
import io.towncrier.notices.pacing.SpreadAnew;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalInt;

/**
 * Stops the pushes of a notice for a while, and lets them go on: those that are left, each once.
 */
@ApplicationScoped
public class PauseNotice {
  private static final String REASON = "notice-paused";

  private final NoticeEdits edits;
  private final NoticeStore notices;
  private final Outbox outbox;
  private final SpreadAnew spread;

  PauseNotice(NoticeEdits edits, NoticeStore notices, Outbox outbox, SpreadAnew spread) {
    this.edits = edits;
    this.notices = notices;
    this.outbox = outbox;
    this.spread = spread;
  }

  /** Once this has answered, nothing of it is pushed until it is resumed. */
  public Uni<NoticeChange> pause(String id, String operator) {
    return edits
        .change(
            id,
            OptionalInt.empty(),
            operator,
            stored -> {
              if (stored.notice() instanceof Notice.Running running) {
                return pause(running);
              }
              return stored.notice() instanceof Notice.Done done
                  ? notices
                      .hasNothingLeft(id)
                      .chain(nothing -> nothing ? notRunning() : pause(goesOn(done)))
                  : notRunning();
            })
        .call(() -> outbox.awaitNoticeNotInFlight(id));
  }

  private Uni<Transition> pause(Notice.Running running) {
    return outbox
        .halt(running.content().id(), REASON)
        .replaceWith(new Transition.Becomes(running.pause(), "notice.paused", ""));
  }

  /** Its dead letters were released. */
  private static Notice.Running goesOn(Notice.Done done) {
    return done.goOn(done.times().expiresAt());
  }

  private static Uni<Transition> notRunning() {
    return NoticeEdits.wrongState("Only a running notice can be paused.");
  }

  /** Also of a notice that an error of the provider has halted. */
  public Uni<NoticeChange> resume(String id, String operator) {
    // Before it goes on, and in transactions of its own: nobody waits for all of it.
    return spread.of(id).chain(() -> letGoOn(id, operator));
  }

  private Uni<NoticeChange> letGoOn(String id, String operator) {
    return edits.change(
        id,
        OptionalInt.empty(),
        operator,
        stored -> {
          if (stored.notice() instanceof Notice.Paused paused) {
            return outbox
                .resume(id)
                .replaceWith(new Transition.Becomes(paused.resume(), "notice.resumed", ""));
          } else if (stored.notice() instanceof Notice.Running running) {
            return outbox
                .resume(id)
                .chain(
                    halted ->
                        halted
                            ? NoticeEdits.transition(
                                new Transition.Becomes(running, "notice.resumed", "after an error"))
                            : NoticeEdits.wrongState("It is running already."));
          }
          return NoticeEdits.wrongState("Only a paused or halted notice can be resumed.");
        });
  }
}
