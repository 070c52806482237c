package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.ChangeFacts;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.checks.CallingDevice;
import io.towncrier.devices.retirement.RetireDevice;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.releases.targeting.Ignored;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
  private final DeviceStore devices;
  private final CallingDevice caller;
  private final ChangeFacts changeFacts;
  private final RetireDevice retire;
  private final DevicesConfig config;
  private final InstantSource clock;

  DeviceResource(
      DeviceStore devices,
      CallingDevice caller,
      ChangeFacts changeFacts,
      RetireDevice retire,
      DevicesConfig config,
      InstantSource clock) {
    this.devices = devices;
    this.caller = caller;
    this.changeFacts = changeFacts;
    this.retire = retire;
    this.config = config;
    this.clock = clock;
  }

  @GET
  @Path("/{deviceId}")
  @RolesAllowed(Roles.SIGNING_IN)
  @Operation(operationId = "getDevice", summary = "Get what is known of a device")
  public Uni<DeviceBodies.Shown> show(@PathParam("deviceId") String id) {
    return devices
        .signIn(caller.key())
        .map(device -> shown(device.orElseThrow(CallingDevice::refused)));
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

  private Uni<Device> known(String id) {
    return devices.find(id).map(device -> device.orElseThrow(CallingDevice::refused));
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
    if (outcome instanceof ChangeFacts.Outcome.Gone) {
      throw CallingDevice.refused();
    }
    throw new ForgottenCase(outcome);
  }

  private DeviceBodies.Shown shown(Device device) {
    return shown(device, Ignored.NONE);
  }

  private DeviceBodies.Shown shown(Device device, Ignored ignored) {
    return DeviceBodies.Shown.of(
        device, Device.isUnseen(device.lastSeen(), config.staleAfter(), clock.instant()), ignored);
  }
}
