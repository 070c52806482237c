package io.towncrier.functions.metrics;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.devices.PushAddress;
import io.towncrier.notices.canary.WatchCanary;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Whether canaries were shown in time, and how long that took. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class CanaryMetrics implements FunctionMetrics {
  private final WatchCanary canary;

  CanaryMetrics(WatchCanary canary) {
    this.canary = canary;
  }

  @Override
  public List<Metric> sinceLastAsked() {
    List<Metric> told = new ArrayList<>();
    if (canary.missed() > 0) {
      told.add(Metric.count("CanaryMissed", canary.missed()));
    }
    PushAddress.PROVIDERS.stream()
        .mapToDouble(canary::shownSeconds)
        .filter(seconds -> !Double.isNaN(seconds))
        .max()
        .ifPresent(slowest -> told.add(new Metric("CanaryShownSeconds", Unit.SECONDS, slowest)));
    return told;
  }
}
