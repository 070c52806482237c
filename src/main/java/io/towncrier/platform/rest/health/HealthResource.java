package io.towncrier.platform.rest.health;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Health with its details, where there is no management interface: in a cell. */
@Path("/v1/admin/health")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class HealthResource {
  private final SmallRyeHealthReporter reporter;

  HealthResource(SmallRyeHealthReporter reporter) {
    this.reporter = reporter;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "Status and checks",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Health")))
  @Operation(
      operationId = "getHealth",
      summary = "Get health with its details",
      description =
          "Each check with its status and data: what is degraded, why, and since when. The same"
              + " document as /q/health on the management interface.")
  public Uni<String> health() {
    return reporter.getHealthAsync().map(SmallRyeHealth::getPayload).map(Object::toString);
  }
}
