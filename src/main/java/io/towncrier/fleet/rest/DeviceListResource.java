package io.towncrier.fleet.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.DeviceList;
import io.towncrier.fleet.FindDevice;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.Paging;
import io.towncrier.releases.version.Version;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The registered devices, one by one, for operators. Nothing in it names or reaches somebody. */
@Path("/v1/admin/devices")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class DeviceListResource {
  private static final Paging PAGING = new Paging("id", false);
  private static final int LONGEST = 80;
  private static final int LONGEST_IDENTIFIER = 200;

  private final DeviceList devices;
  private final FindDevice find;

  DeviceListResource(DeviceList devices, FindDevice find) {
    this.devices = devices;
    this.find = find;
  }

  @GET
  @Operation(
      operationId = "listDevices",
      summary = "List devices, in the order of their ids",
      description =
          "A version needs its product; country may be unknown; seenFrom and seenBefore are days "
              + "(UTC), the second of which is not one of them any more. The next of a list is for "
              + "the same filters alone.")
  public Uni<DeviceListBodies.Devices> list(
      @QueryParam("product") @Nullable String product,
      @QueryParam("version") @Nullable String version,
      @QueryParam("country") @Nullable String country,
      @QueryParam("account") @Nullable String account,
      @QueryParam("seenFrom") @Nullable String seenFrom,
      @QueryParam("seenBefore") @Nullable String seenBefore,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    Optional<String> of = input.optionalText("product", product, LONGEST);
    Optional<String> running = input.optionalText("version", version, Version.MAX_LENGTH);
    if (running.isPresent() && of.isEmpty()) {
      input.reject("version", "needs a product, whose version it is");
    }
    Optional<String> in = country(input, country);
    Optional<String> linked =
        input.parsed("account", account, DeviceListResource::account, "is no id of an account");
    Optional<LocalDate> from = day(input, "seenFrom", seenFrom);
    Optional<LocalDate> before = day(input, "seenBefore", seenBefore);
    ListToken token =
        ListToken.of(
            1,
            product,
            version,
            country,
            account,
            seenFrom,
            seenBefore,
            sort == null ? PAGING.key() : sort);
    PageRequest<String> request =
        PAGING.read(input, limit, after, sort, text -> token.read(text).map(key -> key.get(0)));
    input.finish();
    return devices
        .list(new DeviceList.Query(of, running, in, linked, from, before), request)
        .map(page -> DeviceListBodies.Devices.of(page, token));
  }

  @GET
  @Path("/{deviceId}")
  @Operation(operationId = "getDeviceAsOperator", summary = "Get a device, without what names it")
  @Problems({ProblemCode.UNKNOWN_DEVICE})
  public Uni<DeviceListBodies.Listed> show(@PathParam("deviceId") String id) {
    Uni<Optional<DeviceList.Listed>> found =
        Ids.looksLike(Device.PREFIX, id)
            ? devices.find(id)
            : Uni.createFrom().item(Optional.empty());
    return found.map(
        device ->
            DeviceListBodies.Listed.of(
                device.orElseThrow(
                    () ->
                        ProblemCode.UNKNOWN_DEVICE.with("No device has this id.").asException())));
  }

  @POST
  @Path("/find")
  @Operation(
      operationId = "findDevices",
      summary = "Find devices by the identifier that a customer reads out",
      description =
          "At most a hundred, the newest first. It is no parameter of an address: those stand in "
              + "logs.")
  public Uni<DeviceListBodies.Found> find(DeviceListBodies.@Nullable FindBody body) {
    DeviceListBodies.FindBody given = Bodies.required(body);
    InputReader input = new InputReader();
    String identifier = input.text("identifier", given.identifier(), LONGEST_IDENTIFIER);
    input.finish();
    return find.byIdentifier(new Secret(identifier))
        .map(
            found ->
                new DeviceListBodies.Found(
                    found.stream().map(DeviceListBodies.Listed::of).toList()));
  }

  private static Optional<String> country(InputReader input, @Nullable String given) {
    return FleetQuery.UNKNOWN.equals(given)
        ? Optional.of(Axis.UNKNOWN)
        : input.country("country", given).map(CountryCode::value);
  }

  private static Optional<String> account(String text) {
    return Optional.of(text).filter(id -> Ids.looksLike("acc", id));
  }

  private static Optional<LocalDate> day(InputReader input, String field, @Nullable String given) {
    return input.parsed(field, given, DeviceListResource::date, "must be a day such as 2026-11-30");
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text))
          .filter(day -> day.getYear() >= 2000 && day.getYear() < 10_000);
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
