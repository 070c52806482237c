package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.devices.retirement.RetireDevice;
import io.towncrier.platform.Ids;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.NoBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Devices, for operators. */
@Path("/v1/admin/devices")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class AdminDevicesResource {
  private final RetireDevice retire;

  AdminDevicesResource(RetireDevice retire) {
    this.retire = retire;
  }

  @POST
  @Path("/{deviceId}/revoke")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(responseCode = "204", description = "Revoked")
  @Operation(
      operationId = "revokeDevice",
      summary = "Revoke a device",
      description = "When this returns, its secret is invalid and no further push is sent.")
  @Problems({ProblemCode.UNKNOWN_DEVICE, ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<Void> revoke(@PathParam("deviceId") String id, @Nullable NoBody nothing) {
    return (Ids.looksLike(Device.PREFIX, id)
            ? retire.revoke(id)
            : Uni.createFrom().item(Boolean.FALSE))
        .invoke(
            found -> {
              if (!found) {
                throw ProblemCode.UNKNOWN_DEVICE.with("No device has this id.").asException();
              }
            })
        .replaceWithVoid();
  }
}
