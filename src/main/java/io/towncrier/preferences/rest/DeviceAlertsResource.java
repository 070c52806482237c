package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.StrictNames;
import io.towncrier.preferences.AlertsChange;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Notification alerts of one device. */
@Path("/v1/devices/{deviceId}/notification-alerts")
@StrictNames
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class DeviceAlertsResource {
  private final AlertsAnswers alerts;

  DeviceAlertsResource(AlertsAnswers alerts) {
    this.alerts = alerts;
  }

  @GET
  @Operation(summary = "What this device allows")
  public Uni<AlertsBody.Shown> show(@PathParam("deviceId") String id) {
    return alerts.show(Optional.of(id));
  }

  @PUT
  @Operation(
      summary = "Change it; the answer comes when no push that it forbids is under way",
      description =
          "A member that is not known is refused, and known lists the paths that are: repeat the"
              + " request at once with those alone, so that an opt-out is not lost.")
  public Uni<AlertsBody.Shown> change(
      @PathParam("deviceId") String id,
      @RequestBody(content = @Content(schema = @Schema(implementation = AlertsBody.Shown.class)))
          @Nullable JsonNode body) {
    return alerts.change(id, AlertsChange.Source.DEVICE, Bodies.required(body));
  }

  @GET
  @Path("/history")
  @Operation(summary = "The newest 100 changes of it, newest first")
  public Uni<AlertsBody.History> history(@PathParam("deviceId") String id) {
    return alerts.history(Optional.of(id));
  }
}
