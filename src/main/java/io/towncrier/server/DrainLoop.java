package io.towncrier.server;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * When the outbox is drained: one run at a time. A wake during a run makes one more behind it, as
 * that run may have looked before. Behind each run the next delivery that becomes due is waited
 * for; a delivery that waits longer than the timer is left to the timer.
 */
final class DrainLoop {
  private static final Logger LOG = Logger.getLogger(DrainLoop.class);
  // A notice with a pace becomes due all the time: so many looks a second are enough for it.
  static final Duration SHORTEST = Duration.ofMillis(250);

  private final Supplier<Uni<Void>> drain;
  private final Supplier<Uni<Optional<Duration>>> untilNextDue;
  private final Alarm alarm;
  private final Duration timer;
  private boolean begun;
  private boolean running;
  private boolean woken;
  private long runs;

  /**
   * Asleep until its first {@link #look}.
   *
   * @param alarm calls in a thread that carries nobody's request
   * @param timer after which somebody looks in any case
   */
  DrainLoop(
      Supplier<Uni<Void>> drain,
      Supplier<Uni<Optional<Duration>>> untilNextDue,
      Alarm alarm,
      Duration timer) {
    this.drain = drain;
    this.untilNextDue = untilNextDue;
    this.alarm = alarm;
    this.timer = timer;
  }

  /** By the timer. It finds what a wake before the first one was about. */
  synchronized void look() {
    begun = true;
    if (!running) {
      begin();
    }
  }

  /** Something has become due. */
  synchronized void wake() {
    woken = running;
    if (begun && !running) {
      begin();
    }
  }

  private void begin() {
    running = true;
    runs++;
    alarm.after(Duration.ZERO, this::run);
  }

  private void run() {
    Uni.createFrom()
        .deferred(() -> drain.get())
        .chain(done -> untilNextDue.get())
        .subscribe()
        .with(
            this::ended,
            failure -> {
              LOG.warnf("the outbox waits: %s", failure);
              ended(Optional.empty());
            });
  }

  private synchronized void ended(Optional<Duration> next) {
    running = false;
    if (woken) {
      woken = false;
      begin();
      return;
    }
    long thisRun = runs;
    next.map(wait -> wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait)
        .filter(wait -> wait.compareTo(timer) < 0)
        .ifPresent(wait -> alarm.after(wait, () -> ring(thisRun)));
  }

  /** Another run meanwhile has set an alarm of its own. */
  private synchronized void ring(long after) {
    if (!running && runs == after) {
      begin();
    }
  }

  /** Calls later. */
  interface Alarm {
    void after(Duration wait, Runnable call);
  }
}
