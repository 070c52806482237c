package io.towncrier.devices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.OwnDevices;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.StrictNames;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.privacy.rights.FindReceipt;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Personal Center: what is known of the signed-in user, and what of it is the user's to correct.
 */
@Path("/v1/me")
@StrictNames
@Tag(name = "Personal Center")
@RolesAllowed(Roles.USER)
class MeResource {
  private final OwnDevices own;
  private final FindReceipt receipts;
  private final SecurityIdentity user;

  MeResource(OwnDevices own, FindReceipt receipts, SecurityIdentity user) {
    this.own = own;
    this.receipts = receipts;
    this.user = user;
  }

  @GET
  @Operation(
      operationId = "getMyData",
      summary = "Get what is known of the user, in plain words",
      description =
          "What kinds of data are kept, why and for how long, the account and its devices. The"
              + " values themselves are in the export. Nothing is written by this.")
  public Uni<MyDataBodies.Known> show() {
    return Uni.combine()
        .all()
        .unis(own.known(subject()), receipts.of(subject()))
        .asTuple()
        .map(both -> MyDataBodies.Known.of(both.getItem1(), both.getItem2()));
  }

  @PATCH
  @Operation(
      operationId = "correctMyData",
      summary = "Correct country, zone or language of a linked device",
      description =
          "Nothing else is the user's to correct: another member is refused by name. A fact that"
              + " is left out stays, one that is null or empty is removed. When this returns, no"
              + " push that was claimed for other quiet hours is in flight.")
  @Problems({
    ProblemCode.UNKNOWN_DEVICE,
    ProblemCode.WRONG_STATE,
    ProblemCode.STALE_REVISION,
    ProblemCode.NOT_YET_EFFECTIVE
  })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = MyDataBodies.Correction.class)))
  public Uni<MyDataBodies.OwnDevice> correct(
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch, @Nullable ClientBody body) {
    MyDataBodies.Correction given = MyDataBodies.Correction.of(ifMatch, Bodies.required(body));
    return own.correct(subject(), given.deviceId(), given.facts(), given.revision())
        .map(MeResource::corrected);
  }

  private static MyDataBodies.OwnDevice corrected(OwnDevices.Outcome outcome) {
    if (outcome instanceof OwnDevices.Outcome.Corrected done) {
      return MyDataBodies.OwnDevice.of(done.own(), done.ignored());
    }
    if (outcome instanceof OwnDevices.Outcome.Stale stale) {
      MyDataBodies.OwnDevice current = MyDataBodies.OwnDevice.of(stale.current());
      throw ProblemCode.STALE_REVISION
          .with("The current revision is " + current.revision() + ".")
          .withCurrent(current)
          .asException();
    }
    if (outcome instanceof OwnDevices.Outcome.Shared) {
      throw ProblemCode.WRONG_STATE
          .with("The device is linked to other accounts as well: correct it in its own app.")
          .asException();
    }
    if (outcome instanceof OwnDevices.Outcome.NotLinked) {
      throw ProblemCode.UNKNOWN_DEVICE.with("Not linked to you.").asException();
    }
    throw new ForgottenCase(outcome);
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }
}
