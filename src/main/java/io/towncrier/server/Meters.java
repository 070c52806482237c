package io.towncrier.server;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The meters of this application. The registry belongs to the process: in dev mode and in tests the
 * next application would find the meters there that read the counters of the last one.
 */
@ApplicationScoped
class Meters {
  private final MeterRegistry registry;
  private final Queue<Meter> ours = new ConcurrentLinkedQueue<>();

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Registers a meter until this application ends. */
  void register(Function<MeterRegistry, Meter> meter) {
    ours.add(meter.apply(registry));
  }

  void stopped(@Observes ShutdownEvent event) {
    ours.forEach(registry::remove);
  }
}
