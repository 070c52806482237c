package io.towncrier.testing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.notices.FinishNotices;
import io.towncrier.notices.StartScheduledNotices;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Beside the server's timers, which look once a second at best: a test that waits for one of them
 * should not wait for the clock. Where a profile switches the timers off, this does nothing.
 */
@ApplicationScoped
class ImpatientTimers {
  private static final Logger LOG = Logger.getLogger(ImpatientTimers.class);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final ScheduledExecutorService looks = Executors.newScheduledThreadPool(2);
  private final DrainOutbox drain;
  private final StartScheduledNotices start;
  private final FinishNotices finish;
  private final boolean timers;

  ImpatientTimers(
      DrainOutbox drain,
      StartScheduledNotices start,
      FinishNotices finish,
      @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true") boolean timers,
      @ConfigProperty(name = "test.impatient-timers", defaultValue = "true") boolean impatient) {
    this.drain = drain;
    this.start = start;
    this.finish = finish;
    this.timers = timers && impatient;
  }

  void started(@Observes StartupEvent event) {
    if (timers) {
      every(100, () -> drain.run(Optional.empty(), () -> true).await().atMost(LONGEST));
      every(250, () -> start.run(() -> true).chain(finish::run).await().atMost(LONGEST));
    }
  }

  void stopped(@Observes ShutdownEvent event) {
    looks.shutdownNow();
  }

  private void every(int millis, Runnable look) {
    looks.scheduleWithFixedDelay(
        () -> {
          try {
            look.run();
          } catch (RuntimeException failure) {
            // The next look may succeed; what does not happen fails the test that waits for it.
            LOG.debugf("a look failed: %s", failure);
          }
        },
        millis,
        millis,
        TimeUnit.MILLISECONDS);
  }
}
