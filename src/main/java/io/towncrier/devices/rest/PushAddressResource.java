package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.address.ChangePushAddress;
import io.towncrier.devices.address.ChangePushAddress.Proposed;
import io.towncrier.devices.address.ChangePushAddress.Proved;
import io.towncrier.devices.checks.CallingDevice;
import io.towncrier.devices.residency.Residency;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where a device is pushed to, for itself. */
@Path("/v1/devices/{deviceId}/push-address")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class PushAddressResource {
  private static final int MAX_ECHO = 200;

  private final ChangePushAddress addresses;
  private final ChallengeLimit limit;
  private final Residency residency;

  PushAddressResource(ChangePushAddress addresses, ChallengeLimit limit, Residency residency) {
    this.addresses = addresses;
    this.limit = limit;
    this.residency = residency;
  }

  @PUT
  @APIResponse(
      responseCode = "202",
      description = "A challenge was pushed to it; the address before counts until it is echoed",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeviceBodies.Pending.class)))
  @APIResponse(responseCode = "204", description = "It is the device's address already")
  @Operation(
      operationId = "setPushAddress",
      summary = "Set where pushes to a device are sent",
      description =
          "A new address has to be proved: echo the challenge that is pushed to it. Until "
              + "then the former address is used. Of a device with several, it takes the place of "
              + "the first.")
  @Problems({
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.PROVIDER_UNAVAILABLE,
    ProblemCode.NOT_YET_EFFECTIVE
  })
  public Uni<Response> set(
      @PathParam("deviceId") String id,
      DeviceBodies.@Nullable PushAddressBody body,
      @Context HttpServerRequest request) {
    limit.take(request);
    DeviceBodies.PushAddressBody given = Bodies.required(body);
    InputReader input = new InputReader();
    GivenAddress address =
        GivenAddress.read(input, given.provider(), given.kind(), given.value(), residency);
    input.finish();
    return addresses
        .set(id, address.brought(true, Optional.empty()))
        .map(PushAddressResource::answer);
  }

  @POST
  @Path("/confirm")
  // A text would be read into the record's only member, past its members' names.
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(responseCode = "204", description = "It is the device's address now")
  @Operation(
      operationId = "confirmPushAddress",
      summary = "Confirm a push address with the challenge that was pushed to it",
      description =
          "The challenge says which address it is, where several wait. When this returns, no push"
              + " to the former address is in flight. Repeat the same request after a 503 with"
              + " not-yet-effective.")
  @Problems({ProblemCode.NOTHING_TO_PROVE, ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<Void> confirm(@PathParam("deviceId") String id, DeviceBodies.@Nullable Echo body) {
    InputReader input = new InputReader();
    String challenge = input.text("challenge", Bodies.required(body).challenge(), MAX_ECHO);
    input.finish();
    return addresses
        .confirm(id, new Secret(challenge))
        .invoke(PushAddressResource::require)
        .replaceWithVoid();
  }

  @DELETE
  @Operation(
      operationId = "deletePushAddress",
      summary = "Delete the push addresses of a device",
      description = "All of them. When this returns, no further push is sent.")
  @Problems({ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<Void> remove(@PathParam("deviceId") String id) {
    return addresses.remove(id);
  }

  static Response answer(Proposed proposed) {
    if (proposed instanceof Proposed.Pending pending) {
      return Response.accepted(new DeviceBodies.Pending("pending", pending.expiresAt())).build();
    }
    if (proposed instanceof Proposed.ReachesNobody) {
      throw Problem.invalidRequest("value", "is not known to the provider").asException();
    }
    if (proposed instanceof Proposed.Unavailable) {
      throw ProblemCode.PROVIDER_UNAVAILABLE.with("Set the address again later.").asException();
    }
    if (proposed instanceof Proposed.TooMany many) {
      throw ProblemCode.TOO_MANY_REQUESTS
          .with("There were enough challenges for now. The address before is still used.")
          .asException(many.freeIn());
    }
    if (proposed instanceof Proposed.Gone) {
      throw CallingDevice.refused();
    }
    if (proposed instanceof Proposed.Known) {
      return Response.noContent().build();
    }
    throw new ForgottenCase(proposed);
  }

  private static void require(Proved proved) {
    if (proved instanceof Proved.WrongEcho wrong) {
      throw Problem.invalidRequest(
              "challenge", "is not what was pushed; tries left: " + wrong.triesLeft())
          .asException();
    }
    if (proved instanceof Proved.NothingToProve) {
      throw ProblemCode.NOTHING_TO_PROVE.with("Set the push address again.").asException();
    }
    if (!(proved instanceof Proved.Moved)) {
      throw new ForgottenCase(proved);
    }
  }
}
