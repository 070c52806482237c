package io.towncrier.server;

import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DrainSignal;
import io.towncrier.delivery.sharding.Shard;
import io.towncrier.delivery.sharding.WorkQueues;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The plain server hands work on to its own timers: what was just started is planned, and what was
 * just planned is sent, without a wait for their next look. Where timers are switched off, nothing
 * is done.
 */
@ApplicationScoped
class OwnWork implements WorkQueues {
  private final DrainSignal drain;
  private final PlanTimer plan;
  private final Scheduler timers;
  // A round is nobody's request: it has neither the database session nor the time of one.
  private final ExecutorService aside =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "own-work");
            thread.setDaemon(true);
            return thread;
          });

  OwnWork(DrainSignal drain, PlanTimer plan, Scheduler timers) {
    this.drain = drain;
    this.plan = plan;
    this.timers = timers;
  }

  @Override
  public boolean areUsed() {
    return false;
  }

  @Override
  public Uni<Void> toPlan(List<String> notices) {
    if (timers.isRunning() && !aside.isShutdown()) {
      // A round tells of its own failures.
      aside.execute(() -> plan.plan().subscribe().with(done -> {}));
    }
    return toDeliver(List.of());
  }

  @Override
  public Uni<Void> toDeliver(List<Shard> shards) {
    drain.wake();
    return Uni.createFrom().voidItem();
  }

  @PreDestroy
  void stop() {
    aside.shutdownNow();
  }
}
