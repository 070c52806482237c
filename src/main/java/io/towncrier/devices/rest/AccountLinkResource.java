package io.towncrier.devices.rest;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.LinkAccount;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Between a device and an account; both must have proved who they are. A refusal says which of the
 * two did not. Of the device's secret nobody hears but a signed-in user, and nobody hears whether
 * there is such a device.
 */
@Path("/v1/devices/{deviceId}/account")
@Tag(name = "Devices")
@RolesAllowed(Roles.USER)
class AccountLinkResource {
  private static final String SECRET = "X-Device-Secret";
  private static final String BOTH =
      "Send the user's access token in Authorization and the device's secret in X-Device-Secret.";
  private static final FieldError MISSING_SECRET =
      new FieldError(SECRET, "is missing: the secret of the device");

  private final LinkAccount link;
  private final SecurityIdentity user;

  AccountLinkResource(LinkAccount link, SecurityIdentity user) {
    this.link = link;
    this.user = user;
  }

  @PUT
  @Operation(operationId = "linkAccount", summary = "Link a device to the signed-in user")
  @Problems({ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<Void> link(
      @PathParam("deviceId") String id, @HeaderParam(SECRET) @Nullable String deviceSecret) {
    return link.link(id, secret(deviceSecret), subject()).invoke(this::require).replaceWithVoid();
  }

  @DELETE
  @Operation(operationId = "unlinkAccount", summary = "Unlink a device from the signed-in user")
  @Problems({ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<Void> unlink(
      @PathParam("deviceId") String id, @HeaderParam(SECRET) @Nullable String deviceSecret) {
    return link.unlink(id, secret(deviceSecret), subject()).invoke(this::require).replaceWithVoid();
  }

  /** In place of the answer for all: there are two credentials here. */
  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  Response withoutUser(SecurityException failure, HttpHeaders headers) {
    List<FieldError> errors = new ArrayList<>();
    errors.add(
        new FieldError(
            HttpHeaders.AUTHORIZATION,
            headers.getHeaderString(HttpHeaders.AUTHORIZATION) == null
                ? "is missing: Bearer and the access token of the user"
                : "is no valid access token of a user"));
    if (headers.getHeaderString(SECRET) == null) {
      errors.add(MISSING_SECRET);
    }
    return Response.status(Response.Status.UNAUTHORIZED)
        .type("application/problem+json")
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .entity(ProblemCode.UNAUTHENTICATED.with(BOTH, errors))
        .build();
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }

  private static Secret secret(@Nullable String header) {
    if (header == null || header.isEmpty()) {
      throw refused(MISSING_SECRET);
    }
    return new Secret(header);
  }

  private void require(boolean proved) {
    if (!proved) {
      throw refused(new FieldError(SECRET, "is not the secret of this device"));
    }
  }

  private static ProblemException refused(FieldError secret) {
    return ProblemCode.UNAUTHENTICATED.with(BOTH, List.of(secret)).asException();
  }
}
