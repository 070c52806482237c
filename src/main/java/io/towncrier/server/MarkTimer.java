package io.towncrier.server;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sending.WatchStandstill;
import io.towncrier.installation.RecogniseRestore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Moves the mark on by which a restored database is recognised, and looks whether pushes wait for
 * an operator.
 */
@ApplicationScoped
class MarkTimer {
  private static final Logger LOG = Logger.getLogger(MarkTimer.class);

  private final RecogniseRestore restore;
  private final WatchStandstill standstill;

  MarkTimer(RecogniseRestore restore, WatchStandstill standstill) {
    this.restore = restore;
    this.standstill = standstill;
  }

  @Scheduled(
      every = "${towncrier.server.mark-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> mark() {
    return restore
        .mark()
        .chain(standstill::run)
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("the mark does not move on: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }
}
