package io.towncrier.updates.rest;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Halt;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready as long as checks can be answered, with the database or without: a load balancer that takes
 * a server out because its database is away takes the answers away too. That the snapshot may be
 * behind is said in the data.
 */
@Readiness
@ApplicationScoped
class SnapshotHealth implements AsyncHealthCheck {
  private final CurrentSnapshot snapshots;

  SnapshotHealth(CurrentSnapshot snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    // Asking makes it look: a server without traffic would not notice otherwise.
    return snapshots
        .get()
        .map(snapshot -> response(true, snapshot.halt()))
        .onFailure()
        .recoverWithItem(() -> response(false, Halt.NONE));
  }

  private HealthCheckResponse response(boolean answers, Halt halt) {
    CurrentSnapshot.State state = snapshots.state();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("catalogue snapshot")
            .status(answers)
            .withData("changesAreTold", state.told());
    state.snapshot().ifPresent(id -> response.withData("snapshot", id));
    response.withData(
        "state", !answers ? "missing" : state.staleSince().isEmpty() ? "current" : "stale");
    state.staleSince().ifPresent(since -> response.withData("staleSince", since.toString()));
    halt.since()
        .ifPresent(
            since ->
                response
                    .withData("offersHaltedSince", since.toString())
                    .withData("exceptSecurity", halt.exceptsSecurity()));
    return response.build();
  }
}
