package io.towncrier.server.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Takes the meters of an application away when it ends. The registry belongs to the process: in dev
 * mode and in tests the next application would find the meters that read the counters of this one.
 */
@ApplicationScoped
class Meters {
  private static final String OURS = "towncrier.";

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  void stopped(@Observes ShutdownEvent event) {
    List<Meter> ours =
        registry.getMeters().stream()
            .filter(meter -> meter.getId().getName().startsWith(OURS))
            .toList();
    ours.forEach(registry::remove);
  }
}
