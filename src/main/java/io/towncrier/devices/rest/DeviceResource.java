package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.ChangeFacts;
import io.towncrier.devices.CheckAsDevice;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.RetireDevice;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.updates.ReadFacts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A device, for itself: below its id its secret is the credential. */
@Path("/v1/devices")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class DeviceResource {
  private final CheckAsDevice check;
  private final DeviceStore devices;
  private final ChangeFacts changeFacts;
  private final RetireDevice retire;
  private final DevicesConfig config;
  private final InstantSource clock;

  DeviceResource(
      CheckAsDevice check,
      DeviceStore devices,
      ChangeFacts changeFacts,
      RetireDevice retire,
      DevicesConfig config,
      InstantSource clock) {
    this.check = check;
    this.devices = devices;
    this.changeFacts = changeFacts;
    this.retire = retire;
    this.config = config;
    this.clock = clock;
  }

  @GET
  @Path("/{deviceId}")
  @Operation(operationId = "getDevice", summary = "Get what is known of a device")
  public Uni<DeviceBodies.Shown> show(@PathParam("deviceId") String id) {
    return known(id).map(this::shown);
  }

  @PATCH
  @Path("/{deviceId}")
  @Operation(
      operationId = "changeDevice",
      summary = "Change facts of a device; send the revision that you have read",
      description =
          "A fact that is left out stays, one that is null or empty is removed. A fact "
              + "that cannot be read is named in ignored.")
  @Problems({ProblemCode.STALE_REVISION, ProblemCode.NOT_YET_EFFECTIVE})
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeviceBodies.FactsChange.class)))
  public Uni<DeviceBodies.Shown> change(
      @PathParam("deviceId") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable ClientBody body) {
    DeviceBodies.FactsChange given = DeviceBodies.FactsChange.of(ifMatch, Bodies.required(body));
    return known(id)
        .chain(
            device ->
                changeFacts.run(
                    device, given.facts(), given.read(device.facts()), given.revision()))
        .map(this::changed);
  }

  @DELETE
  @Path("/{deviceId}")
  @Operation(
      operationId = "deleteDevice",
      summary = "Delete a device and all data about it",
      description = "When this returns, no further push is sent.")
  @Problems({ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<Void> remove(@PathParam("deviceId") String id) {
    return retire.remove(id);
  }

  @POST
  @Path("/{deviceId}/check")
  @Operation(
      operationId = "checkAsDevice",
      summary = "Check for an update as a registered device, and store its facts",
      description =
          "A fact that is left out stays, one that is null or empty is removed. A fact "
              + "that cannot be read is named in ignored; a country, zone or language that "
              + "cannot be read is unknown from then on.")
  @Problems({ProblemCode.UNKNOWN_PRODUCT, ProblemCode.NOT_YET_EFFECTIVE})
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeviceBodies.Facts.class)))
  public Uni<DeviceBodies.Checked> check(
      @PathParam("deviceId") String id, @Nullable ClientBody body) {
    ReadFacts given = DeviceBodies.Facts.of(Bodies.required(body)).facts();
    return known(id)
        .chain(
            device -> {
              InputReader input = new InputReader();
              ClientFacts read = given.orVersion(device.facts().version()).read(input);
              input.finish();
              return check.run(device, given, read);
            })
        .map(
            checked ->
                new DeviceBodies.Checked(checked.decision().answer(), checked.unreadNotices()));
  }

  private Uni<Device> known(String id) {
    return devices.find(id).map(device -> device.orElseThrow(DeviceResource::gone));
  }

  private DeviceBodies.Shown changed(ChangeFacts.Outcome outcome) {
    if (outcome instanceof ChangeFacts.Outcome.Changed changed) {
      return shown(changed.device(), changed.ignored());
    }
    if (outcome instanceof ChangeFacts.Outcome.Stale stale) {
      throw ProblemCode.STALE_REVISION
          .with("The current revision is " + stale.current().revision() + ".")
          .withCurrent(shown(stale.current()))
          .asException();
    }
    throw gone();
  }

  private DeviceBodies.Shown shown(Device device) {
    return shown(device, Ignored.NONE);
  }

  private DeviceBodies.Shown shown(Device device, Ignored ignored) {
    return DeviceBodies.Shown.of(
        device, Device.isUnseen(device.lastSeen(), config.staleAfter(), clock.instant()), ignored);
  }

  /** Between the proof of its secret and now; answered as any other secret of nobody's. */
  static ProblemException gone() {
    return ProblemCode.UNAUTHENTICATED.with("Send a valid credential.").asException();
  }
}
