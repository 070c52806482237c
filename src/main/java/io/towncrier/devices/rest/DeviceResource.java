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
import io.towncrier.platform.rest.Bodies;
import io.towncrier.updates.ReadFacts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.InstantSource;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
  @Operation(summary = "What is known of this device")
  public Uni<DeviceBodies.Shown> show(@PathParam("deviceId") String id) {
    return known(id).map(this::shown);
  }

  @PATCH
  @Path("/{deviceId}")
  @Operation(summary = "Correct facts; a revision that is not the current one is 409")
  public Uni<DeviceBodies.Shown> change(
      @PathParam("deviceId") String id, DeviceBodies.@Nullable FactsChange body) {
    DeviceBodies.FactsChange given = Bodies.required(body);
    return known(id)
        .chain(
            device -> {
              Device.Facts facts = given.read(device.facts());
              return changeFacts.run(
                  device, facts, Objects.requireNonNull(given.revision(), "was read"));
            })
        .map(this::changed);
  }

  @DELETE
  @Path("/{deviceId}")
  @Operation(summary = "Delete it and all that is kept of it; once answered, no push goes out")
  public Uni<Void> remove(@PathParam("deviceId") String id) {
    return retire.remove(id);
  }

  @POST
  @Path("/{deviceId}/check")
  @Operation(summary = "Update check that brings the device's facts up to date")
  public Uni<DeviceBodies.Checked> check(
      @PathParam("deviceId") String id, @Nullable ReadFacts body) {
    ReadFacts given = Bodies.required(body);
    return known(id)
        .chain(
            device -> {
              Device.Facts facts =
                  DeviceBodies.facts(new InputReader(), DeviceBodies.over(device.facts(), given));
              return check.run(device, facts, "true".equals(given.manual()));
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
      return shown(changed.device());
    }
    if (outcome instanceof ChangeFacts.Outcome.Stale stale) {
      throw ProblemCode.STALE_VERSION
          .with("The current revision is " + stale.current().revision() + ".")
          .withCurrent(shown(stale.current()))
          .asException();
    }
    throw gone();
  }

  private DeviceBodies.Shown shown(Device device) {
    return DeviceBodies.Shown.of(
        device, Device.isUnseen(device.lastSeen(), config.staleAfter(), clock.instant()));
  }

  /** Between the proof of its secret and now; answered as any other secret of nobody's. */
  static ProblemException gone() {
    return ProblemCode.UNAUTHENTICATED.with("Send a valid credential.").asException();
  }
}
