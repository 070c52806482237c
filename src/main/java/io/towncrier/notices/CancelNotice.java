package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.notices.NoticeEdits.Transition;
import io.towncrier.preferences.Suppression;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalInt;

/** Takes a notice back. Once this has answered, nothing of it is pushed any more. */
@ApplicationScoped
public class CancelNotice {
  private final NoticeEdits edits;
  private final Outbox outbox;
  private final NoticesConfig config;

  CancelNotice(NoticeEdits edits, Outbox outbox, NoticesConfig config) {
    this.edits = edits;
    this.outbox = outbox;
    this.config = config;
  }

  /** As below, without a reason. */
  public Uni<NoticeChange> run(String id, String operator) {
    return run(id, operator, "");
  }

  /**
   * A second time it changes nothing; a stop needs no revision.
   *
   * @param reason for the audit log; may be empty
   */
  public Uni<NoticeChange> run(String id, String operator, String reason) {
    return edits
        .change(id, OptionalInt.empty(), operator, stored -> cancel(stored.notice(), reason))
        .call(() -> outbox.awaitNoticeNotInFlight(id));
  }

  private Uni<Transition> cancel(Notice notice, String why) {
    if (!(notice instanceof Notice.Open open)) {
      return NoticeEdits.transition(new Transition.Nothing());
    }
    Uni<Transition> transition =
        NoticeEdits.transition(new Transition.Becomes(open.cancel(), "notice.cancelled", why));
    if (!(open instanceof Notice.Begun)) {
      return transition;
    }
    String id = notice.content().id();
    String reason = Suppression.NOTICE_CANCELLED.code();
    return outbox
        .halt(id, reason)
        // Of a large notice the rest is settled behind the answer; no claim sends it.
        .chain(() -> outbox.suppressPending(id, reason, config.page()))
        .chain(() -> transition);
  }
}
