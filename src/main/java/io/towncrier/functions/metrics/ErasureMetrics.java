package io.towncrier.functions.metrics;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.privacy.processors.EraseAtProcessors;
import io.towncrier.privacy.rights.EraseDue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/** Says that people are not erased in time, here or at processors: alarms watch it. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class ErasureMetrics implements FunctionMetrics {
  private final EraseDue erase;
  private final EraseAtProcessors atProcessors;

  ErasureMetrics(EraseDue erase, EraseAtProcessors atProcessors) {
    this.erase = erase;
    this.atProcessors = atProcessors;
  }

  @Override
  public List<Metric> sinceLastAsked() {
    return Stream.of(
            Metric.count("OverdueErasures", erase.overdue()),
            Metric.count("OverdueAtProcessors", atProcessors.overdue()),
            Metric.count("UnreadableAtProcessors", atProcessors.unreadable()))
        .filter(metric -> metric.value() > 0)
        .toList();
  }
}
