package io.towncrier.server;

import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sharding.Shard;
import io.towncrier.delivery.sharding.WorkQueues;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The plain server hands work on to its own timers: what was just started or planned does not wait
 * for their next look. Where timers are switched off, nothing is done.
 */
@ApplicationScoped
class OwnWork implements WorkQueues {
  private final DrainTimer drain;
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

  OwnWork(DrainTimer drain, PlanTimer plan, Scheduler timers) {
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
    begin(plan::plan);
    return toDeliver(List.of());
  }

  @Override
  public Uni<Void> toDeliver(List<Shard> shards) {
    begin(drain::drain);
    return Uni.createFrom().voidItem();
  }

  private void begin(Supplier<Uni<Void>> rounds) {
    if (timers.isRunning() && !aside.isShutdown()) {
      // A round tells of its own failures.
      aside.execute(() -> rounds.get().subscribe().with(done -> {}));
    }
  }

  @PreDestroy
  void stop() {
    aside.shutdownNow();
  }
}
