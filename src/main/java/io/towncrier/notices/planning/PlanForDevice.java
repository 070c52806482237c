package io.towncrier.notices.planning;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;

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

  /** How many deliveries were planned. */
  public Uni<Long> run(String device) {
    return transactions.inTransaction(
        () ->
            walks
                .openWithout(device)
                .chain(
                    open ->
                        Multi.createFrom()
                            .iterable(open)
                            .onItem()
                            .transformToUniAndConcatenate(notice -> plan(notice, device))
                            .collect()
                            .with(Collectors.summingLong(planned -> planned))));
  }

  private Uni<Integer> plan(String notice, String device) {
    return notices
        .find(notice)
        .chain(
            found ->
                found.isPresent() && found.get().notice() instanceof Notice.Begun begun
                    ? pages.one(begun, device)
                    : Uni.createFrom().item(0));
  }
}
