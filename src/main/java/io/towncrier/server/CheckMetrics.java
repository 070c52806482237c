package io.towncrier.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.quarkus.runtime.StartupEvent;
import io.towncrier.updates.CheckCounters;
import io.towncrier.updates.CurrentSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** What update checks did, for Prometheus at /q/metrics. */
@ApplicationScoped
class CheckMetrics {
  private static final List<String> DECISIONS =
      List.of("offer", "up-to-date", "held-back", "unsupported");

  private final Meters meters;
  private final CheckCounters counters;
  private final CurrentSnapshot snapshot;

  CheckMetrics(Meters meters, CheckCounters counters, CurrentSnapshot snapshot) {
    this.meters = meters;
    this.counters = counters;
    this.snapshot = snapshot;
  }

  void started(@Observes StartupEvent event) {
    for (String decision : DECISIONS) {
      meters.register(
          FunctionCounter.builder("towncrier.updates.checks", counters, c -> c.of(decision))
                  .description("Update checks by what was decided")
                  .tag("decision", decision)
              ::register);
    }
    meters.register(
        FunctionCounter.builder(
                    "towncrier.updates.unknown.versions", counters, CheckCounters::unknownVersions)
                .description("Update checks with a version that the product's scheme does not know")
            ::register);
    meters.register(
        Gauge.builder("towncrier.updates.snapshot.stale", snapshot, CheckMetrics::stale)
                .description("1 while answers come from a snapshot that may be behind")
            ::register);
  }

  private static double stale(CurrentSnapshot snapshot) {
    return snapshot.state().staleSince().isPresent() ? 1 : 0;
  }
}
