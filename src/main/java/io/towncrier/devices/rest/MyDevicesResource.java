package io.towncrier.devices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Device;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.LinkAccount;
import io.towncrier.devices.checks.UpdateStates;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Personal Center: the devices that are linked to the signed-in user's account. */
@Path("/v1/me/devices")
@Tag(name = "Personal Center")
@RolesAllowed(Roles.USER)
class MyDevicesResource {
  private static final Paging PAGING = new Paging("lastSeen", true);

  private final LinkAccount links;
  private final UpdateStates updates;
  private final SecurityIdentity user;
  private final DevicesConfig config;
  private final InstantSource clock;

  MyDevicesResource(
      LinkAccount links,
      UpdateStates updates,
      SecurityIdentity user,
      DevicesConfig config,
      InstantSource clock) {
    this.links = links;
    this.updates = updates;
    this.user = user;
    this.config = config;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "listMyDevices",
      summary = "List the devices that are linked to the user's account",
      description =
          "Without what tells of other people who use them. Each router has update: installed, "
              + "offered, running (with step and progress), done, or failed, with the reason in "
              + "the language of Accept-Language.")
  public Uni<MyDevices> list(
      @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    PageRequest<String> request =
        PAGING.read(
            input,
            limit,
            after,
            sort,
            id -> Optional.of(id).filter(i -> Ids.looksLike(Device.PREFIX, i)));
    input.finish();
    return links
        .devices(subject())
        .map(devices -> Page.within(devices, request, AccountStore.Linked::deviceId))
        .chain(
            page ->
                updates
                    .of(routers(page.items(device -> device)), Optional.ofNullable(languages))
                    .map(
                        states ->
                            new MyDevices(
                                page.items(device -> shown(device, states)),
                                page.next(AccountStore.Linked::deviceId),
                                page.total())));
  }

  private static List<UpdateStates.Running> routers(List<AccountStore.Linked> devices) {
    return devices.stream()
        .filter(device -> device.kind() == Device.Kind.ROUTER)
        .map(device -> new UpdateStates.Running(device.deviceId(), device.version()))
        .toList();
  }

  @DELETE
  @Path("/{deviceId}")
  @Operation(
      operationId = "unlinkMyDevice",
      summary = "Unlink a device from the signed-in user",
      description = "Its secret and its links to other accounts stay.")
  @Problems({ProblemCode.UNKNOWN_DEVICE, ProblemCode.NOT_YET_EFFECTIVE})
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

  private MyDevice shown(AccountStore.Linked device, Map<String, UpdateStates.UpdateState> states) {
    return MyDevice.of(
        device,
        Device.isUnseen(device.lastSeen(), config.staleAfter(), clock.instant()),
        device.kind() == Device.Kind.ROUTER
            ? Optional.of(
                states.getOrDefault(device.deviceId(), UpdateStates.UpdateState.INSTALLED))
            : Optional.empty());
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }

  /** A page of devices. */
  @Schema(name = "MyDeviceList")
  record MyDevices(List<MyDevice> items, Optional<String> next, String total) {}

  @Schema(name = "MyDevice")
  record MyDevice(
      String deviceId,
      String kind,
      String product,
      String version,
      boolean pushAddress,
      boolean pushAddressStale,
      LocalDate lastSeen,
      Optional<LocalDate> linkedOn,
      Optional<UpdateStates.UpdateState> update,
      Optional<String> name) {
    static MyDevice of(
        AccountStore.Linked device, boolean unseen, Optional<UpdateStates.UpdateState> update) {
      return new MyDevice(
          device.deviceId(),
          device.kind().name().toLowerCase(Locale.ROOT),
          device.product(),
          device.version(),
          device.hasPushAddress(),
          device.hasPushAddress() && unseen,
          device.lastSeen(),
          device.linkedOn(),
          update,
          device.productName());
    }
  }
}
