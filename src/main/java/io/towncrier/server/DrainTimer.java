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
  private final Rounds rounds;

  DrainTimer(DrainOutbox drain) {
    this.rounds =
        new Rounds(
            Logger.getLogger(DrainTimer.class),
            "the outbox waits",
            () -> drain.run(Optional.empty(), () -> true));
  }

  @Scheduled(
      every = "${towncrier.server.drain-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> drain() {
    return rounds.run();
  }
}
