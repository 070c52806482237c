package io.towncrier.functions.metrics;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.delivery.vendors.AskQuotas;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** How many vendors of phones have little left of the pushes that they take in a day. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class QuotaMetrics implements FunctionMetrics {
  private final AskQuotas quotas;

  QuotaMetrics(AskQuotas quotas) {
    this.quotas = quotas;
  }

  @Override
  public List<Metric> sinceLastAsked() {
    long low = quotas.low();
    return low > 0 ? List.of(Metric.count("VendorQuotasLow", low)) : List.of();
  }
}
