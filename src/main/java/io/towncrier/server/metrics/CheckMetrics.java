package io.towncrier.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.updates.CheckCounters;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** What update checks did, for Prometheus at /q/metrics of the management interface. */
@ApplicationScoped
class CheckMetrics {
  private static final List<String> DECISIONS =
      List.of("offer", "up-to-date", "held-back", "unsupported");

  private final MeterRegistry registry;
  private final CheckCounters counters;
  private final CurrentSnapshot snapshot;

  CheckMetrics(MeterRegistry registry, CheckCounters counters, CurrentSnapshot snapshot) {
    this.registry = registry;
    this.counters = counters;
    this.snapshot = snapshot;
  }

  void started(@Observes StartupEvent event) {
    for (String decision : DECISIONS) {
      FunctionCounter.builder("towncrier.updates.checks", counters, c -> c.of(decision))
          .description("Update checks by what was decided")
          .tag("decision", decision)
          .register(registry);
    }
    for (Fact fact : Fact.ALL) {
      FunctionCounter.builder("towncrier.updates.ignored.facts", counters, c -> c.ignored(fact))
          .description("Facts of clients that were given and could not be read")
          .tag("fact", fact.code())
          .register(registry);
    }
    FunctionCounter.builder(
            "towncrier.updates.unknown.versions", counters, CheckCounters::unknownVersions)
        .description("Update checks with a version that the product's scheme does not know")
        .register(registry);
    FunctionCounter.builder("towncrier.updates.checks.refused", counters, CheckCounters::refusals)
        .description("Update checks that were refused: their source sends too many")
        .register(registry);
    Gauge.builder("towncrier.updates.snapshot.stale", snapshot, CheckMetrics::stale)
        .description("1 while answers come from a snapshot that may be behind")
        .register(registry);
  }

  private static double stale(CurrentSnapshot snapshot) {
    return snapshot.state().staleSince().isPresent() ? 1 : 0;
  }
}
