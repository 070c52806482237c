package io.towncrier.devices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.ChangeFacts;
import io.towncrier.devices.ChangePushAddress;
import io.towncrier.devices.CheckAsDevice;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.RegisterDevice;
import io.towncrier.devices.RetireDevice;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.updates.ReadFacts;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** A device, for itself: below its id its secret is the credential. */
@Path("/v1/devices")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class DeviceResource {
  // FCM registration tokens have no documented bound; the longest seen are below 300 characters.
  private static final int MAX_ADDRESS = 4096;

  private final RegisterDevice register;
  private final CheckAsDevice check;
  private final ChangePushAddress changeAddress;
  private final DeviceStore devices;
  private final ChangeFacts changeFacts;
  private final RetireDevice retire;

  DeviceResource(
      RegisterDevice register,
      CheckAsDevice check,
      ChangePushAddress changeAddress,
      DeviceStore devices,
      ChangeFacts changeFacts,
      RetireDevice retire) {
    this.register = register;
    this.check = check;
    this.changeAddress = changeAddress;
    this.devices = devices;
    this.changeFacts = changeFacts;
    this.retire = retire;
  }

  @POST
  @PermitAll
  @ResponseStatus(201)
  @APIResponse(responseCode = "201", description = "Registered")
  @Operation(summary = "Register; the secret is shown once")
  public Uni<DeviceBodies.Registered> register(DeviceBodies.@Nullable Registration body) {
    return register
        .run(Bodies.required(body).read())
        .map(made -> new DeviceBodies.Registered(made.deviceId(), made.secret().reveal()));
  }

  @GET
  @Path("/{deviceId}")
  @Operation(summary = "What is known of this device")
  public Uni<DeviceBodies.Shown> show(@PathParam("deviceId") String id) {
    return known(id).map(DeviceBodies.Shown::of);
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
        .map(DeviceResource::changed);
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

  @PUT
  @Path("/{deviceId}/push-address")
  @Operation(summary = "Where pushes go; once answered, none goes to the address before")
  public Uni<Void> setAddress(
      @PathParam("deviceId") String id, DeviceBodies.@Nullable PushAddressBody body) {
    DeviceBodies.PushAddressBody given = Bodies.required(body);
    InputReader input = new InputReader();
    String provider = input.text("provider", given.provider(), 16);
    if (!provider.isEmpty() && !provider.equals("fcm")) {
      input.reject("provider", "must be fcm");
    }
    Optional<PushAddress.Kind> kind =
        input.parsed(
            "kind",
            input.text("kind", given.kind(), 16),
            text ->
                switch (text) {
                  case "token" -> Optional.of(PushAddress.Kind.TOKEN);
                  case "fid" -> Optional.of(PushAddress.Kind.FID);
                  default -> Optional.empty();
                },
            "must be token or fid");
    String value = input.text("value", given.value(), MAX_ADDRESS);
    input.finish();
    return changeAddress.set(id, provider, kind.orElseThrow(), new Secret(value));
  }

  @DELETE
  @Path("/{deviceId}/push-address")
  @Operation(summary = "No pushes any more; once answered, none goes out")
  public Uni<Void> removeAddress(@PathParam("deviceId") String id) {
    return changeAddress.remove(id);
  }

  private Uni<Device> known(String id) {
    return devices.find(id).map(device -> device.orElseThrow(DeviceResource::gone));
  }

  private static DeviceBodies.Shown changed(ChangeFacts.Outcome outcome) {
    if (outcome instanceof ChangeFacts.Outcome.Changed changed) {
      return DeviceBodies.Shown.of(changed.device());
    }
    if (outcome instanceof ChangeFacts.Outcome.Stale stale) {
      throw ProblemCode.STALE_VERSION
          .with("The current revision is " + stale.current().revision() + ".")
          .withCurrent(DeviceBodies.Shown.of(stale.current()))
          .asException();
    }
    throw gone();
  }

  /** Between the proof of its secret and now; answered as any other secret of nobody's. */
  static ProblemException gone() {
    return ProblemCode.UNAUTHENTICATED.with("Send a valid credential.").asException();
  }
}
