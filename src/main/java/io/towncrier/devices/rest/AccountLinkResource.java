package io.towncrier.devices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.LinkAccount;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Between a device and an account; both must have proved who they are. */
@Path("/v1/devices/{deviceId}/account")
@Tag(name = "Devices")
@RolesAllowed(Roles.USER)
class AccountLinkResource {
  private final LinkAccount link;
  private final SecurityIdentity user;

  AccountLinkResource(LinkAccount link, SecurityIdentity user) {
    this.link = link;
    this.user = user;
  }

  @PUT
  @Operation(summary = "Link the device to the signed-in user")
  public Uni<Void> link(
      @PathParam("deviceId") String id,
      @HeaderParam("X-Device-Secret") @Nullable String deviceSecret) {
    return link.link(id, secret(deviceSecret), subject()).invoke(this::require).replaceWithVoid();
  }

  @DELETE
  @Operation(summary = "Unlink the device from the signed-in user")
  public Uni<Void> unlink(
      @PathParam("deviceId") String id,
      @HeaderParam("X-Device-Secret") @Nullable String deviceSecret) {
    return link.unlink(id, secret(deviceSecret), subject()).invoke(this::require).replaceWithVoid();
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }

  private static Secret secret(@Nullable String header) {
    return new Secret(header == null ? "" : header);
  }

  private void require(boolean proved) {
    if (!proved) {
      throw ProblemCode.UNAUTHENTICATED.with("Send a valid credential.").asException();
    }
  }
}
