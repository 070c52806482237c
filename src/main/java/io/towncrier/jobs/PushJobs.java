package io.towncrier.jobs;

import io.towncrier.delivery.recall.RecallPushes;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.delivery.sharding.PlanShards;
import io.towncrier.delivery.sharding.WorkQueues;
import io.towncrier.delivery.vendors.AskQuotas;
import io.towncrier.notices.planning.PlanNotices;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Plans what was started, and sends what is due of every notice: retries, ends of quiet hours,
 * leases that ran out. Asks what vendors let us push.
 */
@Singleton
class PushJobs implements JobGroup {
  private final WorkQueues queues;
  private final PlanShards plan;
  private final PlanNotices notices;
  private final DrainOutbox drain;
  private final RecallPushes recall;
  private final AskQuotas quotas;

  PushJobs(
      WorkQueues queues,
      PlanShards plan,
      PlanNotices notices,
      DrainOutbox drain,
      RecallPushes recall,
      AskQuotas quotas) {
    this.queues = queues;
    this.plan = plan;
    this.notices = notices;
    this.drain = drain;
    this.recall = recall;
    this.quotas = quotas;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(sendDue(), recall(), askQuotas());
  }

  /** Calls back what was sent before it was forbidden. */
  private PeriodicJob recall() {
    return new PeriodicJob("pushesRecalled", Cadence.RECALLS, recall, recall::run);
  }

  /** Where there are queues, the functions plan and deliver do it; else this process does. */
  private PeriodicJob sendDue() {
    return queues.areUsed()
        ? new PeriodicJob("noticesToPlan", Cadence.TICK_ONLY, plan, hasTime -> plan.askForAll())
        : new PeriodicJob(
            "deliveries",
            Cadence.TICK_ONLY,
            drain,
            hasTime -> notices.run(hasTime).chain(planned -> drain.run(Optional.empty(), hasTime)));
  }

  /** What vendors of phones in China let us push, about once an hour. */
  private PeriodicJob askQuotas() {
    return new PeriodicJob("quotasAsked", Cadence.TIDY, quotas, hasTime -> quotas.run());
  }
}
