package io.towncrier.notices.planning;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Before a device looks into its inbox: plans for it what was started and has not come to its page.
 * So an inbox is right from the start on, and what it has shown stays.
 */
@ApplicationScoped
public class PlanForDevice {
  private final NoticeWalks walks;
  private final NoticeStore notices;
  private final PlanPage pages;
  private final Transactions transactions;

  PlanForDevice(NoticeWalks walks, NoticeStore notices, PlanPage pages, Transactions transactions) {
    this.walks = walks;
    this.notices = notices;
    this.pages = pages;
    this.transactions = transactions;
  }

  /** Nearly always one statement: no notice is being planned. */
  public Uni<Void> run(String device) {
    return walks
        .openWithout(device)
        .chain(
            open ->
                open.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : transactions.inTransaction(
                        () ->
                            Multi.createFrom()
                                .iterable(open)
                                .onItem()
                                .transformToUniAndConcatenate(notice -> plan(notice, device))
                                .collect()
                                .last()
                                .replaceWithVoid()));
  }

  private Uni<Boolean> plan(String notice, String device) {
    return notices
        .find(notice)
        .chain(
            found ->
                found.isPresent() && found.get().notice() instanceof Notice.Begun begun
                    ? pages.one(begun, device)
                    : Uni.createFrom().voidItem())
        .replaceWith(true);
  }
}
