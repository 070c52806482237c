package io.towncrier.functions.metrics;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.privacy.KeyCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Says that the master key is not the database's: an alarm watches it. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class KeyMetrics implements FunctionMetrics {
  private final KeyCheck keys;
  private long told;

  KeyMetrics(KeyCheck keys) {
    this.keys = keys;
  }

  @Override
  public synchronized List<Metric> sinceLastAsked() {
    long now = keys.refusals();
    long since = now - told;
    told = now;
    return since > 0 ? List.of(Metric.count("WrongMasterKey", since)) : List.of();
  }
}
