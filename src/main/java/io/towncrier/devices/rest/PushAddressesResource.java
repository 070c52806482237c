package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.address.ChangePushAddress;
import io.towncrier.devices.residency.Residency;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
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

/** The push addresses of a device, one of each provider, in an order of preference, for itself. */
@Path("/v1/devices/{deviceId}/push-addresses/{provider}")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class PushAddressesResource {
  private static final int MAX_PREFERENCE = 9;

  private final ChangePushAddress addresses;
  private final ChallengeLimit limit;
  private final Residency residency;

  PushAddressesResource(ChangePushAddress addresses, ChallengeLimit limit, Residency residency) {
    this.addresses = addresses;
    this.limit = limit;
    this.residency = residency;
  }

  @PUT
  @APIResponse(
      responseCode = "202",
      description = "A challenge was pushed to it; the addresses before count until it is echoed",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeviceBodies.Pending.class)))
  @APIResponse(responseCode = "204", description = "It is the device's already, and has this place")
  @Operation(
      operationId = "setPushAddressOfProvider",
      summary = "Set where a provider reaches a device, and in which place it is tried",
      description =
          "A device has one address of each provider. A push goes to the first; to the next when"
              + " the provider refuses it, or has not answered for it in time. A new address has to"
              + " be proved: echo the challenge at push-address/confirm.")
  @Problems({
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.PROVIDER_UNAVAILABLE,
    ProblemCode.NOT_YET_EFFECTIVE
  })
  public Uni<Response> set(
      @PathParam("deviceId") String id,
      @PathParam("provider") String provider,
      DeviceBodies.@Nullable PlacedAddressBody body,
      @Context HttpServerRequest request) {
    limit.take(request);
    DeviceBodies.PlacedAddressBody given = Bodies.required(body);
    InputReader input = new InputReader();
    GivenAddress address =
        GivenAddress.read(input, provider, given.kind(), given.value(), residency);
    Optional<Integer> preference = Optional.ofNullable(given.preference());
    if (preference.filter(place -> place < 1 || place > MAX_PREFERENCE).isPresent()) {
      input.reject("preference", "must be from 1 to " + MAX_PREFERENCE);
    }
    input.finish();
    return addresses.set(id, address.brought(false, preference)).map(PushAddressResource::answer);
  }

  @DELETE
  @Operation(
      operationId = "deletePushAddressOfProvider",
      summary = "Delete the push address of a device at a provider",
      description =
          "When this returns, no push to it is in flight. Pushes go to those that are left.")
  @Problems({ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<Void> remove(
      @PathParam("deviceId") String id, @PathParam("provider") String provider) {
    InputReader input = new InputReader();
    String of = GivenAddress.provider(input, provider);
    input.finish();
    return addresses.remove(id, of);
  }
}
