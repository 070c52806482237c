package io.towncrier.server;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.TidyDevices;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tidies the devices now and then; in Lambda the tick function does it. */
@ApplicationScoped
class TidyTimer {
  private static final Logger LOG = Logger.getLogger(TidyTimer.class);

  private final TidyDevices tidy;

  TidyTimer(TidyDevices tidy) {
    this.tidy = tidy;
  }

  // Nobody waits for it, and a first check does for what is beside it.
  @Scheduled(
      every = "${towncrier.server.tidy-every}",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> tidy() {
    return tidy.run(() -> true)
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("the devices are not tidied: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }
}
