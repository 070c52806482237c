package io.towncrier.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.towncrier.audit.SignOffHeads;
import io.towncrier.privacyrequests.PrivacyRequests.Pressing;
import io.towncrier.privacyrequests.WatchDeadlines;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.ToDoubleFunction;

/** What a privacy officer must not forget, for Prometheus at /q/metrics. */
@ApplicationScoped
class OfficerMetrics {
  private final MeterRegistry registry;
  private final WatchDeadlines deadlines;
  private final SignOffHeads heads;

  OfficerMetrics(MeterRegistry registry, WatchDeadlines deadlines, SignOffHeads heads) {
    this.registry = registry;
    this.deadlines = deadlines;
    this.heads = heads;
  }

  void started(@Observes StartupEvent event) {
    open("remind", Pressing::remind);
    open("alarm", Pressing::alarm);
    open("overdue", Pressing::overdue);
    FunctionCounter.builder("towncrier.audit.broken", heads, SignOffHeads::broken)
        .description("Looks, of one a day and chain, that found an audit chain broken")
        .register(registry);
  }

  private void open(String urgency, ToDoubleFunction<Pressing> count) {
    Gauge.builder(
            "towncrier.privacy.requests", deadlines, watch -> count.applyAsDouble(watch.last()))
        .description("Open privacy requests of this urgency or a higher one")
        .tag("urgency", urgency)
        .register(registry);
  }
}
