package io.towncrier.server.start;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets the timers begin when the server listens. They would else have work under way when a start
 * fails, say because its port is in use, and what they then say hides the one line that matters.
 */
@ApplicationScoped
class StartTimers {
  private final Scheduler scheduler;
  private final boolean enabled;

  StartTimers(
      Scheduler scheduler,
      @ConfigProperty(name = "quarkus.scheduler.enabled", defaultValue = "true") boolean enabled) {
    this.scheduler = scheduler;
    this.enabled = enabled;
  }

  void listens(@ObservesAsync HttpServerStart event) {
    if (enabled && !scheduler.isRunning()) {
      scheduler.resume();
    }
  }
}
