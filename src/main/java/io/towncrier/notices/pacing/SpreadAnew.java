package io.towncrier.notices.pacing;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Outbox;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Gives what is late of a notice with a pace another due time. After a pause or an outage all of it
 * would go out at the quota's speed, and those who are told would come for the download at once.
 */
@ApplicationScoped
public class SpreadAnew {
  private static final int BATCH = 2_000;
  // Less is made up for at once.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Backlog backlog;
  private final Outbox outbox;
  private final Transactions transactions;
  private final DeliveryConfig delivery;
  private final InstantSource clock;

  SpreadAnew(
      Backlog backlog,
      Outbox outbox,
      Transactions transactions,
      DeliveryConfig delivery,
      InstantSource clock) {
    this.backlog = backlog;
    this.outbox = outbox;
    this.transactions = transactions;
    this.delivery = delivery;
    this.clock = clock;
  }

  /**
   * Looks for notices that are behind their pace.
   *
   * @param hasTime asked before each
   * @return how many deliveries were moved
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return backlog
        .late(clock.instant().minus(PATIENCE), quotaStep())
        .chain(late -> Batches.oneByOne(late, hasTime, this::spread));
  }

  /** One that is about to go on, as long as it is halted. */
  public Uni<Long> of(String notice) {
    return backlog
        .of(notice)
        .chain(
            paced ->
                paced.filter(p -> p.step().compareTo(quotaStep()) > 0).isPresent()
                    ? spread(paced.get())
                    : Uni.createFrom().item(0L));
  }

  /** What needs no more room than the quota gives it cannot come too fast. */
  private Duration quotaStep() {
    return Duration.ofMinutes(1).dividedBy(delivery.quotaPerMinute());
  }

  private Uni<Long> spread(Backlog.Paced paced) {
    Instant now = clock.instant();
    return backlog
        .waiting(paced.notice(), now, PacedTimes.bucket(paced.step()))
        .chain(
            waiting -> {
              PacedTimes times = new PacedTimes(now, paced.step(), waiting);
              return Batches.whileFull(BATCH, () -> true, () -> batch(paced, times, now));
            });
  }

  /** A transaction of its own: nobody waits longer than for one. */
  private Uni<Integer> batch(Backlog.Paced paced, PacedTimes times, Instant now) {
    return transactions.inTransaction(
        () ->
            backlog
                .lockLate(paced.notice(), now, BATCH)
                .chain(
                    devices ->
                        devices.isEmpty()
                            ? Uni.createFrom().item(0)
                            : place(paced, devices, times, now)));
  }

  private Uni<Integer> place(
      Backlog.Paced paced, List<String> devices, PacedTimes times, Instant now) {
    List<Instant> due = devices.stream().map(device -> times.next(now)).toList();
    Instant last = due.get(due.size() - 1);
    return backlog
        .place(paced.notice(), devices, due)
        .chain(() -> outbox.extend(paced.notice(), last.plus(paced.ttl())))
        .replaceWith(devices.size());
  }
}
