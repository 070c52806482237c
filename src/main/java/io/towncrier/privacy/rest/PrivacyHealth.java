package io.towncrier.privacy.rest;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.processors.EraseAtProcessors;
import io.towncrier.privacy.rights.EraseDue;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says when erasures are late. The service stays ready: to take it away would erase nothing sooner.
 */
@Readiness
@ApplicationScoped
class PrivacyHealth implements AsyncHealthCheck {
  private final EraseDue erase;
  private final EraseAtProcessors atProcessors;

  PrivacyHealth(EraseDue erase, EraseAtProcessors atProcessors) {
    this.erase = erase;
    this.atProcessors = atProcessors;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    long overdue = erase.overdue();
    long elsewhere = atProcessors.overdue();
    return Uni.createFrom()
        .item(
            HealthCheckResponse.named("privacy")
                .up()
                .withData("state", overdue + elsewhere == 0 ? "working" : "overdue")
                .withData("overdueErasures", overdue)
                .withData("overdueAtProcessors", elsewhere)
                .build());
  }
}
