package io.towncrier.server.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.delivery.console.PrintedPushes;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a phone would have got, in dev mode. */
@IfBuildProfile("dev")
@Path("/v1/dev/pushes/{deviceId}")
@PermitAll
class DevPushesResource {
  private final PrintedPushes printed;

  DevPushesResource(PrintedPushes printed) {
    this.printed = printed;
  }

  @GET
  @Operation(hidden = true)
  public List<PrintedPushes.Printed> list(@PathParam("deviceId") String device) {
    return printed.to(device);
  }
}
