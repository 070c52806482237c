package io.towncrier.outcomes.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.checks.CallingDevice;
import io.towncrier.outcomes.ReportOutcome;
import io.towncrier.outcomes.Reported;
import io.towncrier.outcomes.ReporterNetwork;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a device reports of its update. */
@Path("/v1/devices/{deviceId}/outcomes")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class OutcomesResource {
  private final ReportOutcome report;
  private final int trustedProxies;

  OutcomesResource(ReportOutcome report, TowncrierConfig config) {
    this.report = report;
    this.trustedProxies = config.http().trustedProxies();
  }

  @POST
  @Operation(
      operationId = "reportOutcome",
      summary = "Report how far the device has come with an update",
      description =
          "The report is stored when this returns; the same id again changes nothing. The update "
              + "is confirmed by the version that the device reports in a later check, not here. "
              + "Contradicting-outcome: the opposite was reported before, both are kept. "
              + "Late-outcome: something later is known. Neither needs to be sent again.")
  @Problems({
    ProblemCode.UNKNOWN_RELEASE,
    ProblemCode.CONTRADICTING_OUTCOME,
    ProblemCode.LATE_OUTCOME
  })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = OutcomeBodies.Posted.class)))
  public Uni<OutcomeBodies.Known> report(
      @PathParam("deviceId") String id,
      @Context HttpServerRequest request,
      @Nullable ClientBody body) {
    return report
        .run(OutcomeBodies.Posted.of(Bodies.required(body)).read(id, network(request)))
        .map(OutcomesResource::answer);
  }

  private Secret network(HttpServerRequest request) {
    return ReporterNetwork.of(ClientAddress.of(request, trustedProxies));
  }

  private static OutcomeBodies.Known answer(Reported reported) {
    if (reported instanceof Reported.Recorded recorded) {
      return OutcomeBodies.Known.of(recorded.attempt(), false);
    }
    if (reported instanceof Reported.Repeated repeated) {
      return OutcomeBodies.Known.of(repeated.attempt(), true);
    }
    if (reported instanceof Reported.Contradicting contradicting) {
      throw ProblemCode.CONTRADICTING_OUTCOME
          .with("The state is " + contradicting.attempt().state().code() + ".")
          .asException();
    }
    if (reported instanceof Reported.Late late) {
      throw ProblemCode.LATE_OUTCOME
          .with("The state is " + late.attempt().state().code() + ".")
          .asException();
    }
    if (reported instanceof Reported.UnknownRelease) {
      throw ProblemCode.UNKNOWN_RELEASE
          .with("The device's product has no such release.")
          .asException();
    }
    if (reported instanceof Reported.UnknownDevice) {
      throw CallingDevice.refused();
    }
    throw new ForgottenCase(reported);
  }
}
