package io.towncrier.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Every periodic job. A new one is a line here, and runs in both flavours. */
@ApplicationScoped
public class PeriodicJobs {
  private final StateJobs state;
  private final NoticeJobs notices;
  private final PushJobs pushes;
  private final UpkeepJobs upkeep;

  PeriodicJobs(StateJobs state, NoticeJobs notices, PushJobs pushes, UpkeepJobs upkeep) {
    this.state = state;
    this.notices = notices;
    this.pushes = pushes;
    this.upkeep = upkeep;
  }

  /** In the order of a tick: what makes pushes comes before what sends them. */
  public List<PeriodicJob> inOrder() {
    return List.of(
        state.mark(),
        state.watch(),
        state.auditEssentials(),
        notices.start(),
        notices.spreadAnew(),
        notices.announce(),
        pushes.sendDue(),
        notices.finish(),
        upkeep.publishSnapshot(),
        upkeep.foldCounts(),
        upkeep.tidyDevices());
  }

  /** Those that a server runs together, one after the other. */
  public List<PeriodicJob> of(Cadence cadence) {
    return inOrder().stream().filter(job -> job.cadence() == cadence).toList();
  }
}
