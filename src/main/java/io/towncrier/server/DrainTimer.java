package io.towncrier.server;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.towncrier.delivery.DrainSignal;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.platform.Ids;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Sends what is due: when it is woken, here or by another instance, when the next of it becomes
 * due, and by a timer in any case. In Lambda the functions deliver and tick do it.
 */
@ApplicationScoped
class DrainTimer implements DrainSignal, MessageListener {
  private static final Logger LOG = Logger.getLogger(DrainTimer.class);
  private static final String CHANNEL = "towncrier_drain";

  private final Pool pool;
  // One for each provider: one that stands still keeps no other waiting.
  private final List<DrainLoop> loops;
  // A wake comes in the middle of a request: what it begins must not run in its time and trace.
  private final ScheduledExecutorService alarms =
      new ScheduledThreadPoolExecutor(
          1, DrainTimer::thread, new ThreadPoolExecutor.DiscardPolicy());
  private final String instance = Ids.next("ins");
  private final AtomicInteger untold = new AtomicInteger();
  private volatile boolean stopped;

  DrainTimer(DrainOutbox drain, Outbox outbox, Pool pool, ServerConfig config) {
    this.pool = pool;
    this.loops =
        drain.senders().stream()
            .map(
                sender ->
                    new DrainLoop(
                        () -> drain.runOf(sender, () -> !stopped).replaceWithVoid(),
                        outbox::untilNextDue,
                        this::after,
                        config.drainEvery()))
            .toList();
  }

  @Scheduled(every = "${towncrier.server.drain-every}")
  void look() {
    loops.forEach(DrainLoop::look);
  }

  @Override
  public void wake() {
    loops.forEach(DrainLoop::wake);
    tellOthers();
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public void arrived(String payload) {
    if (!payload.equals(instance)) {
      loops.forEach(DrainLoop::wake);
    }
  }

  void stopping(@Observes ShutdownEvent event) {
    stopped = true;
    alarms.shutdownNow();
  }

  // A message costs a commit: what is woken while one is on its way is told by one more behind it.
  private void tellOthers() {
    if (untold.getAndIncrement() == 0) {
      tell();
    }
  }

  private void tell() {
    pool.preparedQuery("SELECT pg_notify($1, $2)")
        .execute(Tuple.of(CHANNEL, instance))
        .onFailure(failure -> LOG.debugf("the others look by their timers: %s", failure))
        .onComplete(
            told -> {
              if (!untold.compareAndSet(1, 0)) {
                untold.set(1);
                tell();
              }
            });
  }

  private void after(Duration wait, Runnable call) {
    // Nobody takes an alarm back: the loop knows which of them still counts.
    Future<?> unused = alarms.schedule(call, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "drain");
    thread.setDaemon(true);
    return thread;
  }
}
