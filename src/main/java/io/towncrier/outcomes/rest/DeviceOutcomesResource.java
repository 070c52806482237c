package io.towncrier.outcomes.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditReads;
import io.towncrier.devices.Device;
import io.towncrier.outcomes.OutcomeStore;
import io.towncrier.outcomes.RetryUpdate;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.ReadReason;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What became of a device's updates, for operators. */
@Path("/v1/admin/devices/{deviceId}/outcomes")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class DeviceOutcomesResource {
  private static final int REASON = 500;

  private final OutcomeStore outcomes;
  private final RetryUpdate retry;
  private final AuditReads reads;
  private final SecurityIdentity operator;
  private final InstantSource clock;

  DeviceOutcomesResource(
      OutcomeStore outcomes,
      RetryUpdate retry,
      AuditReads reads,
      SecurityIdentity operator,
      InstantSource clock) {
    this.outcomes = outcomes;
    this.retry = retry;
    this.reads = reads;
    this.operator = operator;
    this.clock = clock;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(
      operationId = "getDeviceOutcomes",
      summary = "List a device's updates and the last 20 transitions of each",
      description =
          "That of the last contact first. at is our clock, deviceAt is the device's. A read of one "
              + "person's data: it needs a Towncrier-Reason and is audited.")
  public Uni<OutcomesBody> list(
      @PathParam("deviceId") String id,
      @Parameter(required = true) @HeaderParam("Towncrier-Reason") @Nullable String reason) {
    String why = ReadReason.required(reason);
    return (Ids.looksLike(Device.PREFIX, id)
            ? reads
                .note(new AuditReads.Read(name(), "device.outcomes-read", id, why))
                .chain(() -> outcomes.ofDevice(id))
            : Uni.createFrom().item(List.<Attempt>of()))
        .map(all -> OutcomesBody.of(all, clock.instant()));
  }

  @POST
  @Path("/retry")
  @Operation(
      operationId = "retryUpdate",
      summary = "Offer a device a release again that it failed to install",
      description = "Its attempts are counted anew; the audit log keeps the reason.")
  @Problems(ProblemCode.UNKNOWN_DEVICE)
  public Uni<OutcomesBody.Outcome> again(@PathParam("deviceId") String id, @Nullable Again body) {
    InputReader input = new InputReader();
    Again given = Bodies.required(body);
    String version = input.text("version", given.version(), 64);
    String reason = input.text("reason", given.reason(), REASON);
    input.finish();
    return retry
        .run(id, version, name(), reason)
        .map(
            found ->
                OutcomesBody.Outcome.of(
                    found.orElseThrow(
                        () ->
                            ProblemCode.UNKNOWN_DEVICE
                                .with("No device has this id and tried this version.")
                                .asException()),
                    clock.instant()));
  }

  private String name() {
    return operator.getPrincipal().getName();
  }

  /** Which release, and why. */
  @Schema(
      name = "UpdateRetry",
      requiredProperties = {"version", "reason"})
  record Again(@Nullable String version, @Nullable String reason) {}
}
