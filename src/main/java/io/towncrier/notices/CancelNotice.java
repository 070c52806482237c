package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.platform.Transactions;
import io.towncrier.preferences.Suppression;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Takes a notice back. Once this has answered, nothing of it is pushed any more. */
@ApplicationScoped
public class CancelNotice {
  private final NoticeStore notices;
  private final Outbox outbox;
  private final Transactions transactions;

  CancelNotice(NoticeStore notices, Outbox outbox, Transactions transactions) {
    this.notices = notices;
    this.outbox = outbox;
    this.transactions = transactions;
  }

  /** The cancelled notice; empty when there is none of this id. */
  public Uni<Optional<Notice>> run(String id) {
    return transactions
        .inTransaction(
            () ->
                notices
                    .lock(id)
                    .chain(
                        found ->
                            found
                                .map(n -> cancel(n).map(Optional::of))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))))
        .call(() -> outbox.awaitNoticeNotInFlight(id));
  }

  private Uni<Notice> cancel(Notice notice) {
    if (notice instanceof Notice.Draft draft) {
      return save(draft.cancel());
    } else if (notice instanceof Notice.Started started) {
      String reason = Suppression.NOTICE_CANCELLED.code();
      return outbox
          .halt(notice.content().id(), reason)
          .chain(() -> outbox.suppressPending(notice.content().id(), reason))
          .chain(() -> save(started.cancel()));
    }
    return Uni.createFrom().item(notice);
  }

  private Uni<Notice> save(Notice.Cancelled cancelled) {
    return notices.save(cancelled).replaceWith(cancelled);
  }
}
