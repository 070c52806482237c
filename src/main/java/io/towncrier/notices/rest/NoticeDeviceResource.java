package io.towncrier.notices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.notices.DeliveryTraces;
import io.towncrier.notices.ExplainDelivery;
import io.towncrier.platform.Ids;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One notice and one device, for operators. */
@Path("/v1/admin/notices/{noticeId}/devices/{deviceId}")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class NoticeDeviceResource {
  private final ExplainDelivery explain;

  NoticeDeviceResource(ExplainDelivery explain) {
    this.explain = explain;
  }

  @GET
  @Operation(summary = "Why this device got this notice, or did not")
  public Uni<Explained> explain(
      @PathParam("noticeId") String noticeId, @PathParam("deviceId") String deviceId) {
    String notice = NoticeAnswers.checked(noticeId);
    if (!Ids.looksLike(Device.PREFIX, deviceId)) {
      throw unknownDevice();
    }
    return explain
        .run(notice, deviceId)
        .map(
            outcome -> {
              if (outcome instanceof ExplainDelivery.Outcome.Explained explained) {
                return Explained.of(notice, deviceId, explained);
              }
              throw outcome instanceof ExplainDelivery.Outcome.UnknownDevice
                  ? unknownDevice()
                  : NoticeAnswers.unknown();
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
   */
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
      Optional<String> pushForbiddenBecause) {
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
          explained.pushForbiddenNow());
    }
  }

  /** Its delivery. */
  record Delivery(
      String state,
      Optional<String> reason,
      int attempts,
      Instant dueAt,
      Optional<Instant> finishedAt,
      Optional<Instant> readAt) {
    static Delivery of(DeliveryTraces.Trace trace) {
      return new Delivery(
          trace.state().toLowerCase(Locale.ROOT),
          trace.reason(),
          trace.attempts(),
          trace.dueAt(),
          trace.finishedAt(),
          trace.readAt());
    }
  }
}
