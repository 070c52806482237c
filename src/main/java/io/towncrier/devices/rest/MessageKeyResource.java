package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.auth.Roles;
import io.towncrier.privacy.MessageKeys;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** By which a device knows the messages of the service (docs/adr/0073). */
@Path("/v1/devices/{deviceId}/message-key")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class MessageKeyResource {
  private final MessageKeys keys;

  MessageKeyResource(MessageKeys keys) {
    this.keys = keys;
  }

  /** The one statement is that by which the caller has signed in: nothing of the key is kept. */
  @POST
  @Operation(
      operationId = "giveMessageKey",
      summary = "Give the key by which an app knows messages of the service",
      description =
          "For an app that has none yet, or was sent a message of a generation that it does not "
              + "know. The key stays the same until the keys of the service are rotated.")
  public Uni<DeviceBodies.KeyOfMessages> give(@PathParam("deviceId") String id) {
    return Uni.createFrom().item(() -> DeviceBodies.KeyOfMessages.of(keys.of(id)));
  }
}
