package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.checks.CallingDevice;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.StrictNames;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.AlertsOwner;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Notification alerts of one device. */
@Path("/v1/devices/{deviceId}/notification-alerts")
@StrictNames
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class DeviceAlertsResource {
  private final AlertsAnswers alerts;
  private final CallingDevice caller;

  DeviceAlertsResource(AlertsAnswers alerts, CallingDevice caller) {
    this.alerts = alerts;
    this.caller = caller;
  }

  @GET
  @RolesAllowed(Roles.SIGNING_IN)
  @APIResponse(
      responseCode = "200",
      description = "The alerts",
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "DeviceAlerts")))
  @APIResponse(responseCode = "304", description = "As before: If-None-Match held the ETag")
  @Operation(operationId = "getDeviceAlerts", summary = "Get the notification alerts of a device")
  public Uni<AlertsBody.Shown> show(
      @PathParam("deviceId") String id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
    return alerts.show(new AlertsOwner.OfDevice(caller.key()));
  }

  @PUT
  @RolesAllowed(Roles.SIGNING_IN)
  @APIResponse(
      responseCode = "200",
      description = "Changed, and in force since effectiveAt",
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "DeviceAlerts")))
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "AlertsChange")))
  @Operation(
      operationId = "changeDeviceAlerts",
      summary = "Change the notification alerts of a device",
      description =
          "When this returns, no push that the change forbids is in flight. A member that "
              + "is not known is refused, and known lists the paths that are: repeat the "
              + "request at once with those alone, so that an opt-out is not lost.")
  @Problems({
    ProblemCode.STALE_REVISION,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.NOT_YET_EFFECTIVE
  })
  public Uni<AlertsBody.Shown> change(
      @PathParam("deviceId") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body) {
    return alerts.change(
        new AlertsOwner.OfDevice(caller.key()),
        AlertsChange.Source.DEVICE,
        ifMatch,
        Bodies.required(body));
  }

  @GET
  @Path("/history")
  @Operation(
      operationId = "listDeviceAlertsChanges",
      summary = "List the changes of the notification alerts of a device, the newest first")
  public Uni<AlertsBody.History> history(
      @PathParam("deviceId") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    return alerts.history(Optional.of(id), AlertsAnswers.part(limit, after, sort));
  }
}
