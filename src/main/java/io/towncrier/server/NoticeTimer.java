package io.towncrier.server;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.FinishNotices;
import io.towncrier.notices.StartScheduledNotices;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Starts and ends notices when it is time; in Lambda the tick function does it. */
@ApplicationScoped
class NoticeTimer {
  private static final Logger LOG = Logger.getLogger(NoticeTimer.class);

  private final StartScheduledNotices start;
  private final FinishNotices finish;

  NoticeTimer(StartScheduledNotices start, FinishNotices finish) {
    this.start = start;
    this.finish = finish;
  }

  @Scheduled(
      every = "${towncrier.server.notices-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return start
        .run(() -> true)
        .chain(finish::run)
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("the notices wait: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }
}
