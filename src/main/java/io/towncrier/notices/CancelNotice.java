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

  /** A second time it changes nothing; a stop needs no revision. */
  public Uni<NoticeChange> run(String id, String operator) {
    return edits
        .change(id, OptionalInt.empty(), operator, stored -> cancel(stored.notice()))
        .call(() -> outbox.awaitNoticeNotInFlight(id));
  }

  private Uni<Transition> cancel(Notice notice) {
    if (!(notice instanceof Notice.Open open)) {
      return NoticeEdits.wish(new Transition.Nothing());
    }
    Uni<Transition> wish =
        NoticeEdits.wish(new Transition.Becomes(open.cancel(), "notice.cancelled", ""));
    if (!(open instanceof Notice.Begun)) {
      return wish;
    }
    String id = notice.content().id();
    String reason = Suppression.NOTICE_CANCELLED.code();
    return outbox
        .halt(id, reason)
        // Of a large notice the rest is settled behind the answer; no claim sends it.
        .chain(() -> outbox.suppressPending(id, reason, config.page()))
        .chain(() -> wish);
  }
}
