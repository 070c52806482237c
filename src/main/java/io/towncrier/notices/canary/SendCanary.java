package io.towncrier.notices.canary;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DrainSignal;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;

/** Sends canaries when it is time: through claim and fence, as every push (docs/adr/0072). */
@ApplicationScoped
public class SendCanary {
  /** What is said of security goes out in some halts. */
  static final boolean IS_SECURITY = true;

  private final CanaryConfig config;
  private final CanaryStore store;
  private final WatchCanary watch;
  private final PlanCanary planning;
  private final Transactions transactions;
  private final DrainSignal drain;

  SendCanary(
      CanaryConfig config,
      CanaryStore store,
      WatchCanary watch,
      PlanCanary planning,
      Transactions transactions,
      DrainSignal drain) {
    this.config = config;
    this.store = store;
    this.watch = watch;
    this.planning = planning;
    this.transactions = transactions;
    this.drain = drain;
  }

  /** Settings that cannot be meant fail the start, and no job later. */
  void started(@Observes StartupEvent event) {
    CanaryPlan.of(config);
  }

  /** How many phones are sent one now; none where there are no canaries, or it is not time. */
  public Uni<Long> run() {
    Optional<CanaryPlan> plan = CanaryPlan.of(config);
    return plan.isEmpty()
        ? Uni.createFrom().item(0L)
        : watch.run().chain(() -> send(plan.get())).call(store::forgetOld);
  }

  private Uni<Long> send(CanaryPlan plan) {
    return transactions
        .inTransaction(
            () ->
                store
                    .takeTurn(plan.every())
                    .chain(
                        isMine ->
                            isMine
                                ? store.phones(plan.devices()).chain(found -> send(plan, found))
                                : Uni.createFrom().item(0)))
        .invoke(
            sent -> {
              if (sent > 0) {
                drain.wake();
              }
            })
        .map(Integer::longValue);
  }

  private Uni<Integer> send(CanaryPlan plan, List<CanaryStore.Phone> phones) {
    List<String> able =
        phones.stream()
            .filter(phone -> JudgeCanary.cannotTell(phone.device(), Optional.of(phone)).isEmpty())
            .map(CanaryStore.Phone::device)
            .sorted()
            .toList();
    return able.isEmpty() ? Uni.createFrom().item(0) : planning.run(plan, able);
  }
}
