package io.towncrier.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.towncrier.downloads.WaitCounters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Who waits for the budget of downloads, by region, for Prometheus. */
@ApplicationScoped
class DownloadMetrics {
  private final MeterRegistry registry;
  private final WaitCounters counters;

  DownloadMetrics(MeterRegistry registry, WaitCounters counters) {
    this.registry = registry;
    this.counters = counters;
  }

  void started(@Observes StartupEvent event) {
    counters.onFirst(this::register);
  }

  private void register(String region) {
    FunctionCounter.builder("towncrier.downloads.waits", counters, c -> c.of(region))
        .description("Offers that were held back: the download budget of the region is used up")
        .tag("region", region)
        .register(registry);
  }
}
