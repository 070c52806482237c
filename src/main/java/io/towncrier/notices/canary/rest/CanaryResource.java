package io.towncrier.notices.canary.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.canary.CanaryConfig;
import io.towncrier.notices.canary.CanaryPlan;
import io.towncrier.notices.canary.CanaryReport;
import io.towncrier.notices.canary.WatchCanary;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Whether pushes are shown, as a few phones of the maker's own tell. */
@Path("/v1/admin/push/canary")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class CanaryResource {
  private static final double MILLIS = 1000.0;

  private final WatchCanary watch;
  private final CanaryConfig config;

  CanaryResource(WatchCanary watch, CanaryConfig config) {
    this.watch = watch;
    this.config = config;
  }

  @GET
  @Operation(
      operationId = "getCanary",
      summary = "Get what became of the last canaries",
      description =
          "A canary is a push to a few phones of the maker's own, at regular times, from end to"
              + " end. Of each phone the last one that is decided is told; of the first one that it"
              + " waits. A provider is missed when no phone of it has shown its last canary in"
              + " time. Without TOWNCRIER_CANARY_DEVICES and TOWNCRIER_CANARY_EVERY there are none"
              + " and phones is empty.")
  public Uni<Shown> show() {
    return watch.run().map(report -> Shown.of(CanaryPlan.of(config), report));
  }

  @Schema(name = "Canary")
  record Shown(
      Optional<Long> everySeconds,
      Optional<Long> withinSeconds,
      List<String> missed,
      List<Phone> phones) {
    static Shown of(Optional<CanaryPlan> plan, Optional<CanaryReport> report) {
      return new Shown(
          plan.map(CanaryPlan::every).map(Duration::toSeconds),
          plan.map(CanaryPlan::within).map(Duration::toSeconds),
          report.map(CanaryReport::missed).orElse(List.of()),
          report.map(found -> found.phones().stream().map(Phone::of).toList()).orElse(List.of()));
    }
  }

  @Schema(name = "CanaryPhone")
  record Phone(
      String device,
      Optional<String> provider,
      String state,
      Optional<String> because,
      Optional<Instant> sentAt,
      Optional<Double> shownAfterSeconds) {
    static Phone of(CanaryReport.Standing standing) {
      return new Phone(
          standing.device(),
          standing.provider(),
          standing.state().code(),
          standing.because(),
          standing.sentAt(),
          standing.shownAfter().map(after -> after.toMillis() / MILLIS));
    }
  }
}
