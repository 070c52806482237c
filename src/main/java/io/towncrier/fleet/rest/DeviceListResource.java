package io.towncrier.fleet.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditReads;
import io.towncrier.devices.Device;
import io.towncrier.fleet.DeviceList;
import io.towncrier.fleet.FindDevice;
import io.towncrier.fleet.PersonalValue;
import io.towncrier.fleet.ShowPersonalValues;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.ReadReason;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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
  private final ShowPersonalValues personal;
  private final AuditReads reads;
  private final SecurityIdentity operator;

  DeviceListResource(
      DeviceList devices,
      FindDevice find,
      ShowPersonalValues personal,
      AuditReads reads,
      SecurityIdentity operator) {
    this.devices = devices;
    this.find = find;
    this.personal = personal;
    this.reads = reads;
    this.operator = operator;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(
      operationId = "listDevices",
      summary = "List devices, in the order of their ids",
      description =
          "A version needs its product; country may be unknown; seenFrom and seenBefore are days "
              + "(UTC), the second of which is not one of them any more. The next of a list is for "
              + "the same filters alone. With an account the list is one person's: it needs a "
              + "Towncrier-Reason and is audited.")
  public Uni<DeviceListBodies.Devices> list(
      @QueryParam("product") @Nullable String product,
      @QueryParam("version") @Nullable String version,
      @QueryParam("country") @Nullable String country,
      @QueryParam("account") @Nullable String account,
      @QueryParam("seenFrom") @Nullable String seenFrom,
      @QueryParam("seenBefore") @Nullable String seenBefore,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort,
      @HeaderParam("Towncrier-Reason") @Nullable String reason) {
    InputReader input = new InputReader();
    Optional<String> linked =
        input.parsed("account", account, DeviceListResource::account, "is no id of an account");
    Supplier<DeviceList.Query> query =
        DeviceQuery.read(input, product, version, country, linked, seenFrom, seenBefore);
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
    String why = account == null || account.isEmpty() ? "" : ReadReason.read(input, reason);
    input.finish();
    Uni<Void> audited =
        linked.isPresent()
            ? note("account.devices-listed", linked.get(), why)
            : Uni.createFrom().voidItem();
    return audited
        .chain(() -> devices.list(query.get(), request))
        .map(page -> DeviceListBodies.Devices.of(page, token));
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/{deviceId}")
  @Operation(
      operationId = "getDeviceAsOperator",
      summary = "Get a device, personal data masked",
      description = "A read of one person's data: it needs a Towncrier-Reason and is audited.")
  @Problems({ProblemCode.UNKNOWN_DEVICE})
  public Uni<DeviceListBodies.Detailed> show(
      @PathParam("deviceId") String id,
      @Parameter(required = true) @HeaderParam("Towncrier-Reason") @Nullable String reason) {
    String why = ReadReason.required(reason);
    return checked(id)
        .call(() -> note("device.read", id, why))
        .chain(() -> devices.find(id))
        .map(device -> device.orElseThrow(DeviceListResource::unknown))
        .chain(
            device ->
                personal.masked(id).map(values -> DeviceListBodies.Detailed.of(device, values)));
  }

  @POST
  @Path("/{deviceId}/reveal")
  @Operation(
      operationId = "revealPersonalValue",
      summary = "Reveal one personal value",
      description =
          "It needs a Towncrier-Reason, a second factor and the user's authorization: the request"
              + " or ticket in which the user allows it. It is audited before anything is opened."
              + " 404 also when the device has no such value.")
  @Problems({ProblemCode.UNKNOWN_DEVICE})
  @APIResponse(responseCode = "200", description = "The value")
  public Uni<DeviceListBodies.Revealed> reveal(
      @PathParam("deviceId") String id,
      @Parameter(required = true) @HeaderParam("Towncrier-Reason") @Nullable String reason,
      DeviceListBodies.@Nullable RevealBody body) {
    DeviceListBodies.RevealBody given = Bodies.required(body);
    InputReader input = new InputReader();
    String why = ReadReason.read(input, reason);
    Optional<PersonalValue.Kind> kind =
        input.parsed(
            "value",
            input.text("value", given.value(), LONGEST),
            PersonalValue.Kind::parse,
            "must be push-address or subject");
    Optional<String> account =
        input.parsed(
            "account", given.account(), DeviceListResource::account, "is no id of an account");
    String ticket = input.visibleText("authorization", given.authorization(), LONGEST);
    input.finish();
    String code = kind.orElseThrow().code();
    return checked(id)
        .call(
            () ->
                reads.note(
                    new AuditReads.Read(name(), code + ".revealed", id, why, Optional.of(ticket))))
        .chain(() -> personal.open(id, kind.get(), account))
        .map(
            value ->
                new DeviceListBodies.Revealed(
                    code, value.orElseThrow(DeviceListResource::noValue).reveal()));
  }

  @POST
  @Path("/find")
  @Operation(
      operationId = "findDevices",
      summary = "Find devices by the identifier that a customer reads out",
      description =
          "At most a hundred, the newest first. The identifier is no parameter of an address: those"
              + " stand in logs. It needs a Towncrier-Reason and is audited, by a keyed hash of the"
              + " identifier.")
  public Uni<DeviceListBodies.Found> find(
      @Parameter(required = true) @HeaderParam("Towncrier-Reason") @Nullable String reason,
      DeviceListBodies.@Nullable FindBody body) {
    DeviceListBodies.FindBody given = Bodies.required(body);
    InputReader input = new InputReader();
    String why = ReadReason.read(input, reason);
    String identifier = input.text("identifier", given.identifier(), LONGEST_IDENTIFIER);
    input.finish();
    Secret sought = new Secret(identifier);
    return note("device.searched", find.traceOf(sought), why)
        .chain(() -> find.byIdentifier(sought))
        .map(
            found ->
                new DeviceListBodies.Found(
                    found.stream().map(DeviceListBodies.Listed::of).toList()));
  }

  private Uni<Void> note(String action, String subject, String reason) {
    return reads.note(new AuditReads.Read(name(), action, subject, reason));
  }

  private String name() {
    return operator.getPrincipal().getName();
  }

  private static Uni<String> checked(String id) {
    return Ids.looksLike(Device.PREFIX, id)
        ? Uni.createFrom().item(id)
        : Uni.createFrom().failure(unknown());
  }

  private static ProblemException unknown() {
    return ProblemCode.UNKNOWN_DEVICE.with("No device has this id.").asException();
  }

  private static ProblemException noValue() {
    return ProblemCode.UNKNOWN_DEVICE
        .with("No device with this id has one such value. Of several accounts name the one.")
        .asException();
  }

  private static Optional<String> account(String text) {
    return Optional.of(text).filter(id -> Ids.looksLike("acc", id));
  }
}
