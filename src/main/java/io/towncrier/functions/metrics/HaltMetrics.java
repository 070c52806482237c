package io.towncrier.functions.metrics;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.outcomes.judging.JudgeRollouts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Says that rollouts were halted by their figures: an alarm watches it. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class HaltMetrics implements FunctionMetrics {
  private final JudgeRollouts judge;
  private long told;

  HaltMetrics(JudgeRollouts judge) {
    this.judge = judge;
  }

  @Override
  public synchronized List<Metric> sinceLastAsked() {
    long now = judge.halted();
    long since = now - told;
    told = now;
    return since > 0 ? List.of(Metric.count("RolloutsHalted", since)) : List.of();
  }
}
