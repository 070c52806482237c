package io.towncrier.server;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.jobs.Cadence;
import io.towncrier.jobs.PeriodicJob;
import io.towncrier.jobs.PeriodicJobs;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/** Runs the periodic jobs; in Lambda the tick function does. */
@ApplicationScoped
class JobTimers {
  private static final Logger LOG = Logger.getLogger(JobTimers.class);
  private static final long AGAIN_MILLIS = 5_000;

  private final PeriodicJobs jobs;
  private final Vertx vertx;

  JobTimers(PeriodicJobs jobs, Vertx vertx) {
    this.jobs = jobs;
    this.vertx = vertx;
  }

  @Scheduled(
      every = "${towncrier.server.mark-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> mark() {
    return run(Cadence.MARK);
  }

  @Scheduled(
      every = "${towncrier.server.notices-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> notices() {
    return run(Cadence.NOTICES);
  }

  @Scheduled(
      every = "${towncrier.server.announce-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> rollouts() {
    return run(Cadence.ROLLOUTS);
  }

  @Scheduled(
      every = "${towncrier.server.fold-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> fold() {
    return run(Cadence.FOLD);
  }

  @Scheduled(
      every = "${towncrier.server.artifacts-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> artifacts() {
    return run(Cadence.ARTIFACTS);
  }

  @Scheduled(
      every = "${towncrier.server.events-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> events() {
    return run(Cadence.EVENTS);
  }

  @Scheduled(
      every = "${towncrier.server.recalls-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> recalls() {
    return run(Cadence.RECALLS);
  }

  // Nobody waits for it, and a first check does for what runs beside it.
  @Scheduled(
      every = "${towncrier.server.tidy-every}",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> tidy() {
    return run(Cadence.TIDY);
  }

  @Scheduled(
      every = "${towncrier.server.reports-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> reports() {
    return run(Cadence.REPORTS);
  }

  void started(@Observes StartupEvent event) {
    for (PeriodicJob job : jobs.of(Cadence.ONCE)) {
      try {
        VertxContextSupport.subscribeAndAwait(() -> job.run(() -> true));
      } catch (Throwable away) {
        LOG.warnf("the job %s is tried again: %s", job.name(), away);
        later(job);
      }
    }
  }

  private void later(PeriodicJob job) {
    vertx.setTimer(
        AGAIN_MILLIS,
        timer -> job.run(() -> true).subscribe().with(done -> {}, stillAway -> later(job)));
  }

  private Uni<Void> run(Cadence cadence) {
    return inOrder(jobs.of(cadence));
  }

  /** One after the other. What a job could not do waits for its next turn. */
  static Uni<Void> inOrder(List<PeriodicJob> jobs) {
    return Multi.createFrom()
        .iterable(jobs)
        .onItem()
        .transformToUniAndConcatenate(
            job ->
                job.run(() -> true)
                    .onFailure()
                    .invoke(failure -> LOG.warnf("the job %s failed: %s", job.name(), failure))
                    .onFailure()
                    .recoverWithItem(0L))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
