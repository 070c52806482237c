package io.towncrier.server;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.pacing.SpreadAnew;
import io.towncrier.notices.rollout.AnnounceRollouts;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Looks for what rollouts have brought; in Lambda the tick function does it. */
@ApplicationScoped
class RolloutTimer {
  private static final Logger LOG = Logger.getLogger(RolloutTimer.class);

  private final SpreadAnew spread;
  private final AnnounceRollouts announce;

  RolloutTimer(SpreadAnew spread, AnnounceRollouts announce) {
    this.spread = spread;
    this.announce = announce;
  }

  @Scheduled(
      every = "${towncrier.server.announce-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return spread
        .run(() -> true)
        .chain(() -> announce.run(() -> true))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("rollouts are not told of: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }
}
