package io.towncrier.fleet.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditReads;
import io.towncrier.devices.Device;
import io.towncrier.fleet.DeviceList;
import io.towncrier.fleet.DeviceTimeline;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.auth.ReadReason;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happened to one device, for operators. */
@Path("/v1/admin/devices/{deviceId}/timeline")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class DeviceTimelineResource {
  private static final Paging PAGING = new Paging("at", true);

  private final DeviceTimeline timeline;
  private final DeviceList devices;
  private final AuditReads reads;
  private final SecurityIdentity operator;

  DeviceTimelineResource(
      DeviceTimeline timeline, DeviceList devices, AuditReads reads, SecurityIdentity operator) {
    this.timeline = timeline;
    this.devices = devices;
    this.reads = reads;
    this.operator = operator;
  }

  @GET
  @Operation(
      operationId = "getDeviceTimeline",
      summary = "List what happened to a device, the newest first",
      description =
          "Registration, last check, steps of updates, notices and what became of them, changes of"
              + " alerts, consents, acts of operators: what the service keeps, and for as long as"
              + " it keeps it. Facts are kept as they are now, without former ones. An entry has"
              + " at, or day where no more is known; such a one stands above all others of its day."
              + " A read of one person's data: it needs a Towncrier-Reason and is audited, each"
              + " page once.")
  @Problems({ProblemCode.UNKNOWN_DEVICE})
  public Uni<DeviceTimelineBodies.Timeline> timeline(
      @PathParam("deviceId") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort,
      @Parameter(required = true) @HeaderParam("Towncrier-Reason") @Nullable String reason) {
    InputReader input = new InputReader();
    ListToken token =
        ListToken.of(DeviceTimelineBodies.KEY, id, sort == null ? "-" + PAGING.key() : sort);
    PageRequest<DeviceTimeline.Key> request =
        PAGING.read(
            input, limit, after, sort, text -> token.read(text).flatMap(DeviceTimelineBodies::key));
    String why = ReadReason.read(input, reason);
    input.finish();
    if (!Ids.looksLike(Device.PREFIX, id)) {
      return Uni.createFrom().failure(unknown());
    }
    String name = operator.getPrincipal().getName();
    return reads
        .note(new AuditReads.Read(name, "device.timeline-read", id, why))
        .chain(() -> devices.find(id))
        .map(device -> device.orElseThrow(DeviceTimelineResource::unknown))
        .chain(() -> timeline.list(id, request))
        .map(page -> DeviceTimelineBodies.Timeline.of(page, token));
  }

  private static ProblemException unknown() {
    return ProblemCode.UNKNOWN_DEVICE.with("No device has this id.").asException();
  }
}
