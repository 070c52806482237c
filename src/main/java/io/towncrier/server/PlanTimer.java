package io.towncrier.server;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.planning.PlanNotices;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Plans what was started, a page at a time; in Lambda the functions plan and tick do it. */
@ApplicationScoped
class PlanTimer {
  private final Rounds rounds;

  PlanTimer(PlanNotices plan) {
    this.rounds =
        new Rounds(
            Logger.getLogger(PlanTimer.class), "the planning waits", () -> plan.run(() -> true));
  }

  @Scheduled(
      every = "${towncrier.server.plan-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> plan() {
    return rounds.run();
  }
}
