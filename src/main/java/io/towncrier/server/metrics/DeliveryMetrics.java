package io.towncrier.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.towncrier.delivery.getui.ReceiptCounters;
import io.towncrier.delivery.sending.DeliveryCounters;
import io.towncrier.delivery.sending.WatchStandstill;
import io.towncrier.delivery.vendors.AskQuotas;
import io.towncrier.devices.PushAddress;
import io.towncrier.notices.canary.WatchCanary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What became of pushes, for Prometheus at /q/metrics. */
@ApplicationScoped
class DeliveryMetrics {
  private final MeterRegistry registry;
  private final DeliveryCounters counters;
  private final WatchStandstill standstill;
  private final AskQuotas quotas;
  private final ReceiptCounters receipts;
  private final WatchCanary canary;

  DeliveryMetrics(
      MeterRegistry registry,
      DeliveryCounters counters,
      WatchStandstill standstill,
      AskQuotas quotas,
      ReceiptCounters receipts,
      WatchCanary canary) {
    this.registry = registry;
    this.counters = counters;
    this.standstill = standstill;
    this.quotas = quotas;
    this.receipts = receipts;
    this.canary = canary;
  }

  void started(@Observes StartupEvent event) {
    for (String provider : PushAddress.PROVIDERS) {
      for (String outcome : DeliveryCounters.OUTCOMES) {
        FunctionCounter.builder("towncrier.delivery.pushes", counters, c -> c.of(provider, outcome))
            .description("Pushes by what the provider made of them")
            .tag("provider", provider)
            .tag("outcome", outcome)
            .register(registry);
      }
    }
    FunctionCounter.builder(
            "towncrier.delivery.dead.letters", counters, DeliveryCounters::deadLetters)
        .description("Deliveries that were given up")
        .register(registry);
    FunctionCounter.builder(
            "towncrier.delivery.sender.mismatches", counters, DeliveryCounters::senderMismatches)
        .description("Addresses that are another project's")
        .register(registry);
    FunctionCounter.builder("towncrier.delivery.waits", standstill, WatchStandstill::waiting)
        .description("Looks, of one each ten seconds, that found pushes waiting for an operator")
        .register(registry);
    canaries();
    vendors();
  }

  private void canaries() {
    Gauge.builder("towncrier.canary.missed", canary, WatchCanary::missed)
        .description("Push providers of which no phone has shown its last canary in time")
        .register(registry);
    for (String provider : PushAddress.PROVIDERS) {
      Gauge.builder("towncrier.canary.shown.seconds", canary, c -> c.shownSeconds(provider))
          .description("How long the last canaries took until they were shown, at most")
          .tag("provider", provider)
          .register(registry);
    }
  }

  private void vendors() {
    String getui = PushAddress.Kind.CID.provider();
    for (String verdict : ReceiptCounters.VERDICTS) {
      FunctionCounter.builder("towncrier.delivery.receipts", receipts, r -> r.of(verdict))
          .description("Receipts of a push provider by what became of them")
          .tag("provider", getui)
          .tag("verdict", verdict)
          .register(registry);
    }
    Gauge.builder("towncrier.delivery.vendor.quota.left", quotas, asked -> asked.left(getui))
        .description("The smallest share of a day's pushes that a vendor of phones has left")
        .tag("provider", getui)
        .register(registry);
  }
}
