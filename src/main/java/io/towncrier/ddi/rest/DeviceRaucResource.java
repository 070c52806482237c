package io.towncrier.ddi.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.PollRauc;
import io.towncrier.ddi.enrolment.ControllerKeys;
import io.towncrier.ddi.enrolment.SignInController;
import io.towncrier.devices.checks.CallingDevice;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.auth.ShownSecret;
import io.towncrier.platform.contract.Problems;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** RAUC's own polling of a registered device, which says its version and its start. */
@Path("/v1/devices/{deviceId}/rauc")
@Tag(name = "Devices")
@RolesAllowed(Roles.SIGNING_IN)
class DeviceRaucResource {
  private final SecurityIdentity caller;
  private final SignInController signIn;
  private final ControllerKeys keys;
  private final PollRauc poll;

  DeviceRaucResource(
      SecurityIdentity caller, SignInController signIn, ControllerKeys keys, PollRauc poll) {
    this.caller = caller;
    this.signIn = signIn;
    this.keys = keys;
    this.poll = poll;
  }

  @GET
  @Operation(
      operationId = "pollAsRaucDevice",
      summary = "Poll for an update as RAUC does, as a registered device",
      description =
          "The device's id and secret by HTTP Basic. Facts in the query, the version in"
              + " RAUC-System-Version and the start in RAUC-Boot-ID are kept.")
  @Problems({
    ProblemCode.INVALID_REQUEST,
    ProblemCode.UNKNOWN_PRODUCT,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.NOT_YET_EFFECTIVE
  })
  @APIResponse(responseCode = "204", description = "There is nothing to install now")
  @APIResponse(responseCode = "302", description = "Location has the bundle to install")
  @APIResponse(responseCode = "304", description = "If-None-Match held the tag of the bundle")
  public Uni<Response> poll(
      @PathParam("deviceId") String id,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known,
      @Context HttpServerRequest request) {
    return signIn
        .byTarget(keys.ofDevice(id, caller.getCredential(ShownSecret.class).secret()))
        .map(found -> found.orElseThrow(CallingDevice::refused))
        .chain(device -> poll.signedIn(device, RaucFacts.of(request), RaucFacts.bootId(request)))
        .map(answer -> RaucResponses.of(answer, known));
  }
}
