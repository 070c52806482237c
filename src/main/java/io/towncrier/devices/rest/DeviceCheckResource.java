package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.checks.CallingDevice;
import io.towncrier.devices.checks.CheckAsDevice;
import io.towncrier.devices.checks.CheckIns;
import io.towncrier.devices.checks.FollowUpdates;
import io.towncrier.devices.checks.KeepKit;
import io.towncrier.devices.checks.PushReceipts;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.ReadFacts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The update check of a registered device. */
@Path("/v1/devices/{deviceId}/check")
@Tag(name = "Devices")
@RolesAllowed(Roles.SIGNING_IN)
class DeviceCheckResource {
  private static final Logger LOG = Logger.getLogger(DeviceCheckResource.class);

  private final CheckIns checkIns;
  private final CheckAsDevice check;
  private final KeepKit kits;
  private final PushReceipts receipts;
  private final CallingDevice caller;

  DeviceCheckResource(
      CheckIns checkIns,
      CheckAsDevice check,
      KeepKit kits,
      PushReceipts receipts,
      CallingDevice caller) {
    this.checkIns = checkIns;
    this.check = check;
    this.kits = kits;
    this.receipts = receipts;
    this.caller = caller;
  }

  @POST
  @Operation(
      operationId = "checkAsDevice",
      summary = "Check for an update as a registered device, and store its facts",
      description =
          "A fact that is left out stays, one that is null or empty is removed. A fact "
              + "that cannot be read is named in ignored; a country, zone or language that "
              + "cannot be read is unknown from then on. bootId, another one after each start of "
              + "the device, shows sooner that an update was rolled back. kit is the version of the "
              + "kit that shows notices in the app; another version of the app without it has "
              + "none. deliveryReceipts tell what became of pushes, the oldest first, 50 at most: "
              + "what the answer does not name in deliveryReceipts.again may be forgotten; an "
              + "answer without deliveryReceipts has taken none of them.")
  @Problems({
    ProblemCode.UNKNOWN_PRODUCT,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.NOT_YET_EFFECTIVE
  })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeviceBodies.Facts.class)))
  public Uni<DeviceBodies.Checked> check(
      @PathParam("deviceId") String id, @Nullable ClientBody body) {
    DeviceBodies.Facts sent = DeviceBodies.Facts.of(Bodies.required(body));
    ReadFacts given = sent.facts();
    return checkIns
        .signIn(caller.key())
        .map(found -> found.orElseThrow(CallingDevice::refused))
        .call(caller::renew)
        .chain(
            device -> {
              InputReader input = new InputReader();
              ClientFacts read = given.orVersion(device.facts().version()).read(input);
              input.finish();
              return check
                  .run(device, given, read, FollowUpdates.Client.atOnce(sent.boot()))
                  .call(() -> kits.keep(device, given, sent.kit()))
                  .chain(
                      checked ->
                          take(device.id(), sent)
                              .map(
                                  taken ->
                                      new DeviceBodies.Checked(
                                          checked.decision().answer(),
                                          checked.unreadNotices(),
                                          taken)));
            });
  }

  /** A check does not fail with them: without an answer the app sends them again. */
  private Uni<Optional<ReceiptBodies.Taken>> take(String device, DeviceBodies.Facts sent) {
    List<PushReceipts.Receipt> given = sent.pushReceipts();
    return given.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : Uni.createFrom()
            .deferred(() -> receipts.take(device, given, sent.sentAt()))
            .map(taken -> Optional.of(ReceiptBodies.Taken.of(taken)))
            .onFailure()
            .recoverWithItem(
                failure -> {
                  // Its message may hold values of a row.
                  LOG.warnf(
                      "%d receipts of pushes are not recorded: %s",
                      given.size(), failure.getClass().getName());
                  return Optional.empty();
                });
  }
}
