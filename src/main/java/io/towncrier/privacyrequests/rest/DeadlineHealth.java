package io.towncrier.privacyrequests.rest;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.towncrier.privacyrequests.PrivacyRequests.Pressing;
import io.towncrier.privacyrequests.WatchDeadlines;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reminds of privacy requests whose deadline is near. The service stays ready. */
@Readiness
@ApplicationScoped
class DeadlineHealth implements AsyncHealthCheck {
  private final WatchDeadlines deadlines;

  DeadlineHealth(WatchDeadlines deadlines) {
    this.deadlines = deadlines;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return deadlines
        .run()
        .map(DeadlineHealth::of)
        .onFailure()
        .recoverWithItem(() -> response("unknown").build());
  }

  private static HealthCheckResponse of(Pressing found) {
    // A reminder is for office hours; an alarm is not.
    return response(found.alarm() > 0 ? "alarm" : "working")
        .withData("remind", found.remind())
        .withData("alarm", found.alarm())
        .withData("overdue", found.overdue())
        .build();
  }

  private static HealthCheckResponseBuilder response(String state) {
    return HealthCheckResponse.named("privacy-requests").up().withData("state", state);
  }
}
