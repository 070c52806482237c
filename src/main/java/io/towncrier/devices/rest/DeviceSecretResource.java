package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceSecrets;
import io.towncrier.devices.checks.CallingDevice;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.privacy.MessageKeys;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The credential of a device, for itself. */
@Path("/v1/devices/{deviceId}/secret")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class DeviceSecretResource {
  private final DeviceSecrets secrets;
  private final MessageKeys messageKeys;

  DeviceSecretResource(DeviceSecrets secrets, MessageKeys messageKeys) {
    this.secrets = secrets;
    this.messageKeys = messageKeys;
  }

  @POST
  @Operation(
      operationId = "rotateDeviceSecret",
      summary = "Replace the secret of a device; the new one is shown once",
      description = "When this returns, the old secret is invalid.")
  public Uni<DeviceBodies.NewSecret> rotate(
      @PathParam("deviceId") String id,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String credential) {
    return secrets
        .rotate(id, shown(credential))
        .map(
            next ->
                DeviceBodies.NewSecret.of(
                    next.orElseThrow(CallingDevice::refused), messageKeys.of(id)));
  }

  /** The secret that let the caller in here, so that it is replaced and no other. */
  private static Secret shown(String credential) {
    return new Secret(credential.substring(credential.indexOf(' ') + 1).trim());
  }
}
