package io.towncrier.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.towncrier.privacy.processors.EraseAtProcessors;
import io.towncrier.privacy.rights.EraseDue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Whether what was promised to people is done in time, for Prometheus at /q/metrics. */
@ApplicationScoped
class PrivacyMetrics {
  private final MeterRegistry registry;
  private final EraseDue erase;
  private final EraseAtProcessors atProcessors;

  PrivacyMetrics(MeterRegistry registry, EraseDue erase, EraseAtProcessors atProcessors) {
    this.registry = registry;
    this.erase = erase;
    this.atProcessors = atProcessors;
  }

  void started(@Observes StartupEvent event) {
    Gauge.builder("towncrier.privacy.erasures.overdue", erase, EraseDue::overdue)
        .description("Cancelled accounts that must have been erased, as of the last round")
        .register(registry);
    Gauge.builder("towncrier.privacy.processors.overdue", atProcessors, EraseAtProcessors::overdue)
        .description("Deletions that processors have not confirmed for three days")
        .register(registry);
    Gauge.builder(
            "towncrier.privacy.processors.unreadable", atProcessors, EraseAtProcessors::unreadable)
        .description("Addresses that processors are to delete, and that no key opens")
        .register(registry);
  }
}
