package io.towncrier.server;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.FoldCounts;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Folds changes of the fleet into its counts; in Lambda the tick function does it. */
@ApplicationScoped
class FoldTimer {
  private static final Logger LOG = Logger.getLogger(FoldTimer.class);

  private final FoldCounts fold;

  FoldTimer(FoldCounts fold) {
    this.fold = fold;
  }

  @Scheduled(
      every = "${towncrier.server.fold-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> fold() {
    return fold.run(() -> true)
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("changes of the fleet are not folded: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }
}
