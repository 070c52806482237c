package io.towncrier.notices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditReads;
import io.towncrier.delivery.vendors.VendorEffect;
import io.towncrier.devices.Device;
import io.towncrier.notices.explain.DeliveryTraces;
import io.towncrier.notices.explain.ExplainDelivery;
import io.towncrier.notices.explain.UpdateReasons;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Ids;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.auth.ReadReason;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One notice and one device, for operators. */
@Path("/v1/admin/notices/{noticeId}/devices/{deviceId}")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class NoticeDeviceResource {
  private final ExplainDelivery explain;
  private final AuditReads reads;
  private final SecurityIdentity operator;

  NoticeDeviceResource(ExplainDelivery explain, AuditReads reads, SecurityIdentity operator) {
    this.explain = explain;
    this.reads = reads;
    this.operator = operator;
  }

  @GET
  @Operation(
      operationId = "explainDelivery",
      summary = "Explain why a device got a notice, or did not",
      description = "A read of one person's data: it needs a Towncrier-Reason and is audited.")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.UNKNOWN_DEVICE})
  public Uni<Explained> explain(
      @PathParam("noticeId") String noticeId,
      @PathParam("deviceId") String deviceId,
      @Parameter(required = true) @HeaderParam("Towncrier-Reason") @Nullable String reason) {
    String why = ReadReason.required(reason);
    String notice = NoticeAnswers.checked(noticeId);
    if (!Ids.looksLike(Device.PREFIX, deviceId)) {
      throw unknownDevice();
    }
    String name = operator.getPrincipal().getName();
    return reads
        .note(new AuditReads.Read(name, "device.delivery-explained", deviceId, why))
        .chain(() -> explain.run(notice, deviceId))
        .map(
            outcome -> {
              if (outcome instanceof ExplainDelivery.Outcome.Explained explained) {
                return Explained.of(notice, deviceId, explained);
              }
              if (outcome instanceof ExplainDelivery.Outcome.UnknownDevice) {
                throw unknownDevice();
              }
              if (outcome instanceof ExplainDelivery.Outcome.UnknownNotice) {
                throw NoticeAnswers.unknown();
              }
              throw new ForgottenCase(outcome);
            });
  }

  private static ProblemException unknownDevice() {
    return ProblemCode.UNKNOWN_DEVICE.with("No device has this id.").asException();
  }

  /**
   * What there is to say.
   *
   * @param addressed whether a delivery was planned for it
   * @param unmet conditions of the audience that it does not meet now
   * @param updates of a notice that a rollout has made: what a check answers now, for the device
   *     and the routers of its accounts
   */
  @Schema(name = "NoticeExplanation")
  record Explained(
      String notice,
      String device,
      String noticeState,
      boolean addressed,
      boolean matchesNow,
      boolean throughRouter,
      List<String> unmet,
      Optional<Delivery> delivery,
      boolean pushAllowedNow,
      Optional<String> pushForbiddenBecause,
      Optional<String> notAddressedBecause,
      List<Update> updates) {
    static Explained of(String notice, String device, ExplainDelivery.Outcome.Explained explained) {
      return new Explained(
          notice,
          device,
          explained.state().code(),
          explained.delivery().isPresent(),
          explained.matchesNow(),
          explained.throughRouter(),
          explained.unmet(),
          explained.delivery().map(Delivery::of),
          explained.pushForbiddenNow().isEmpty(),
          explained.pushForbiddenNow(),
          explained.notAddressed().map(ExplainDelivery.NotAddressed::code),
          explained.updates().stream()
              .map(update -> Update.of(update, explained.delivery().isPresent()))
              .toList());
    }
  }

  /**
   * What a check answers now.
   *
   * @param device that the update is for
   * @param version that the notice tells of
   * @param decision as a check says it
   * @param offered the version that is offered, if one is
   * @param notToldBecause of a device that was not told
   */
  @Schema(name = "ExplainedUpdate")
  record Update(
      String device,
      String installed,
      String version,
      String decision,
      Optional<String> reason,
      Optional<String> offered,
      Optional<String> notToldBecause) {
    static Update of(UpdateReasons.OfDevice update, boolean told) {
      return new Update(
          update.device(),
          update.installed(),
          update.version(),
          update.decision(),
          update.reason(),
          update.offered(),
          told ? Optional.empty() : Optional.of(update.notTold()));
    }
  }

  /**
   * Its delivery.
   *
   * @param ladder how far the push came, as far as somebody has said so
   * @param movedFrom providers that it was given to, or waited for, before it went to the next
   *     address of the device
   * @param vendors what vendors of phones may have done with it; which one's phone it is, we do not
   *     know
   */
  @Schema(name = "ExplainedDelivery")
  record Delivery(
      String state,
      Optional<String> reason,
      int attempts,
      Instant dueAt,
      Optional<Instant> finishedAt,
      Optional<Instant> readAt,
      Optional<String> replacedBy,
      Optional<String> recall,
      Optional<String> recallBecause,
      Optional<String> recallAnswer,
      List<LadderBodies.Taken> ladder,
      List<String> movedFrom,
      List<VendorEffect> vendors) {
    static Delivery of(DeliveryTraces.Trace trace) {
      return new Delivery(
          trace.state().toLowerCase(Locale.ROOT),
          trace.reason(),
          trace.attempts(),
          trace.dueAt(),
          trace.finishedAt(),
          trace.readAt(),
          trace.replacedBy(),
          trace.recall().map(recall -> recall.state().code()),
          trace.recall().map(DeliveryTraces.Recalled::because),
          trace.recall().flatMap(DeliveryTraces.Recalled::answer),
          LadderBodies.Taken.of(trace),
          trace.carriage().movedFrom(),
          trace.vendorEffects());
    }
  }
}
