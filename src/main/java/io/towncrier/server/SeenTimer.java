package io.towncrier.server;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.checks.NoteSeen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Writes which devices were seen, many at a time; functions write each at once. */
@ApplicationScoped
class SeenTimer {
  private static final Duration AT_MOST = Duration.ofSeconds(2);

  private final NoteSeen seen;

  SeenTimer(NoteSeen seen) {
    this.seen = seen;
  }

  @Scheduled(
      every = "${towncrier.server.seen-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> write() {
    return seen.write();
  }

  void writeTheLast(@Observes ShutdownEvent end) {
    // What is not written in time is written at the next checks.
    seen.write()
        .ifNoItem()
        .after(AT_MOST)
        .fail()
        .onFailure()
        .recoverWithNull()
        .await()
        .indefinitely();
  }
}
