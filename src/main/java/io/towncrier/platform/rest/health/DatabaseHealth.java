package io.towncrier.platform.rest.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.database.DatabaseProbe;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says how the database is. The service stays ready: it answers update checks without one. */
@Readiness
@ApplicationScoped
class DatabaseHealth implements AsyncHealthCheck {
  private final DatabaseProbe probe;

  DatabaseHealth(DatabaseProbe probe) {
    this.probe = probe;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return probe
        .trouble()
        .map(
            trouble ->
                HealthCheckResponse.named("database")
                    .up()
                    .withData("state", trouble.map(why -> why.code()).orElse("working"))
                    .build());
  }
}
