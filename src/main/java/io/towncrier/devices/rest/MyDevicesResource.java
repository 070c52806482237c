package io.towncrier.devices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Device;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.LinkAccount;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Personal Center: the devices that are linked to the signed-in user's account. */
@Path("/v1/me/devices")
@Tag(name = "Personal Center")
@RolesAllowed(Roles.USER)
class MyDevicesResource {
  private final LinkAccount links;
  private final SecurityIdentity user;
  private final DevicesConfig config;
  private final InstantSource clock;

  MyDevicesResource(
      LinkAccount links, SecurityIdentity user, DevicesConfig config, InstantSource clock) {
    this.links = links;
    this.user = user;
    this.config = config;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "The linked devices, without what tells of those who carry them")
  public Uni<MyDevices> list() {
    return links
        .devices(subject())
        .map(devices -> new MyDevices(devices.stream().map(this::shown).toList()));
  }

  @DELETE
  @Path("/{deviceId}")
  @Operation(summary = "Unlink it; its other accounts and its secret stay")
  public Uni<Void> unlink(@PathParam("deviceId") String id) {
    return links
        .unlink(id, subject())
        .invoke(
            linked -> {
              if (!linked) {
                throw ProblemCode.UNKNOWN_DEVICE.with("Not linked to you.").asException();
              }
            })
        .replaceWithVoid();
  }

  private MyDevice shown(AccountStore.Linked device) {
    return MyDevice.of(
        device, Device.isUnseen(device.lastSeen(), config.staleAfter(), clock.instant()));
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }

  record MyDevices(List<MyDevice> devices) {}

  record MyDevice(
      String deviceId,
      String kind,
      String product,
      String version,
      boolean pushAddress,
      boolean pushAddressStale,
      LocalDate lastSeen,
      Optional<LocalDate> linkedOn) {
    static MyDevice of(AccountStore.Linked device, boolean unseen) {
      return new MyDevice(
          device.deviceId(),
          device.kind().name().toLowerCase(Locale.ROOT),
          device.product(),
          device.version(),
          device.hasPushAddress(),
          device.hasPushAddress() && unseen,
          device.lastSeen(),
          device.linkedOn());
    }
  }
}
