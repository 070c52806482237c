package io.towncrier.delivery.sharding;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.platform.LogContext;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Splits what is due of a notice into shards: for the minute to come, and no more than the quota
 * lets out in it. The tick asks for the next minute's.
 */
@ApplicationScoped
public class PlanShards {
  private static final Logger LOG = Logger.getLogger(PlanShards.class);
  private static final Duration AHEAD = Duration.ofMinutes(1);
  // Shorter than a tick, longer than it takes for the same message to come several times.
  private static final Duration NOT_AGAIN_BEFORE = Duration.ofSeconds(50);

  private final ShardPlans plans;
  private final WorkQueues queues;
  private final Transactions transactions;
  private final DeliveryConfig config;
  private final InstantSource clock;

  PlanShards(
      ShardPlans plans,
      WorkQueues queues,
      Transactions transactions,
      DeliveryConfig config,
      InstantSource clock) {
    this.plans = plans;
    this.queues = queues;
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
  }

  /** Asks for a plan of everything that is due or not planned yet; how many notices that are. */
  public Uni<Long> askForAll() {
    return plans
        .withDue()
        .chain(notices -> queues.toPlan(notices).replaceWith((long) notices.size()));
  }

  /**
   * Splits one notice. If its messages are lost after that, the next plan makes them again.
   *
   * @return how many shards; none when nothing is due, or somebody has just done it
   */
  public Uni<Integer> run(String notice) {
    Instant now = clock.instant();
    return transactions
        .inTransaction(
            () ->
                plans
                    .take(notice, NOT_AGAIN_BEFORE)
                    .chain(
                        taken ->
                            taken
                                ? plans.due(notice, AHEAD, config.quotaPerMinute())
                                : Uni.createFrom().item(0L)))
        .map(due -> split(notice, due, config.shard(), now))
        .call(queues::toDeliver)
        .map(List::size);
  }

  /** What one run may hand on: no more waits in a queue than the quota lets out. */
  public Budget budget() {
    return new Budget(clock.instant());
  }

  /**
   * Hands on what was planned just now, without a look at the rest. If that fails, the tick finds
   * it.
   *
   * @param due how many may be claimed at once
   */
  public Uni<Void> handOn(String notice, int due, Budget budget) {
    Instant now = clock.instant();
    if (due == 0 || !budget.lets(due, config.quotaPerMinute(), now)) {
      return Uni.createFrom().voidItem();
    }
    return queues
        .toDeliver(split(notice, due, config.shard(), now))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LogContext.about(
                  notice,
                  () -> LOG.warnf("notice %s waits for the next tick: %s", notice, failure));
              return Uni.createFrom().voidItem();
            });
  }

  /** What was handed on since a moment. */
  public static final class Budget {
    private final Instant since;
    private long handedOn;

    Budget(Instant since) {
      this.since = since;
    }

    /** Whether there is room for so many more; then it is taken. */
    boolean lets(int more, long perMinute, Instant now) {
      long minutes = 1 + Duration.between(since, now).toMinutes();
      if (handedOn + more > perMinute * minutes) {
        return false;
      }
      handedOn += more;
      return true;
    }
  }

  /** Pure. */
  static List<Shard> split(String notice, long due, int size, Instant now) {
    int of = (int) ((due + size - 1) / size);
    List<Shard> shards = new ArrayList<>(of);
    for (int number = 1; number <= of; number++) {
      shards.add(new Shard(notice, number, of, now));
    }
    return shards;
  }
}
