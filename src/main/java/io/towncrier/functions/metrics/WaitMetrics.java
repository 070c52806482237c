package io.towncrier.functions.metrics;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.delivery.sending.WatchStandstill;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Says that pushes wait for an operator: an alarm watches it. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class WaitMetrics implements FunctionMetrics {
  private final WatchStandstill pushes;
  private long told;

  WaitMetrics(WatchStandstill pushes) {
    this.pushes = pushes;
  }

  @Override
  public synchronized List<Metric> sinceLastAsked() {
    long now = pushes.waiting();
    long since = now - told;
    told = now;
    return since > 0 ? List.of(Metric.count("PushesWait", since)) : List.of();
  }
}
