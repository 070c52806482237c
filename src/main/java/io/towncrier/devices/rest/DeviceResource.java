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
import io.towncrier.platform.rest.ClientBody;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.updates.ReadFacts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
  @Operation(summary = "What is known of this device")
  public Uni<DeviceBodies.Shown> show(@PathParam("deviceId") String id) {
    return known(id).map(this::shown);
  }

  @PATCH
  @Path("/{deviceId}")
  @Operation(
      summary = "Correct facts; a revision that is not the current one is 409",
      description =
          "What is left out stays, what is null or empty is taken away. What cannot be read stands in"
              + " ignored.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = DeviceBodies.FactsChange.class)))
  public Uni<DeviceBodies.Shown> change(
      @PathParam("deviceId") String id, @Nullable ClientBody body) {
    DeviceBodies.FactsChange given = DeviceBodies.FactsChange.of(Bodies.required(body));
    return known(id)
        .chain(
            device ->
                changeFacts.run(
                    device, given.facts(), given.read(device.facts()), given.revision()))
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
  @Operation(
      summary = "Update check that brings the device's facts up to date",
      description =
          "What is left out stays, what is null or empty is taken away. What cannot be read stands in"
              + " ignored: a country, zone or language of which this is so is unknown from then on.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ReadFacts.class)))
  public Uni<DeviceBodies.Checked> check(
      @PathParam("deviceId") String id, @Nullable ClientBody body) {
    ClientBody sent = Bodies.required(body);
    ReadFacts given = ReadFacts.of(fact -> sent.text(fact.code()));
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
      throw ProblemCode.STALE_VERSION
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
