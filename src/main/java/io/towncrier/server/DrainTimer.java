package io.towncrier.server;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sending.DrainOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Sends what is due, again and again; in Lambda the functions deliver and tick do it. */
@ApplicationScoped
class DrainTimer {
  private static final Logger LOG = Logger.getLogger(DrainTimer.class);

  private final DrainOutbox drain;

  DrainTimer(DrainOutbox drain) {
    this.drain = drain;
  }

  @Scheduled(
      every = "${towncrier.server.drain-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> drain() {
    return drain
        .run(Optional.empty(), () -> true)
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("the outbox waits: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }
}
