package io.towncrier.privacyrequests.rest;

import io.towncrier.platform.Page;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.rights.Ground;
import io.towncrier.privacyrequests.Deadline;
import io.towncrier.privacyrequests.PrivacyRequest;
import io.towncrier.privacyrequests.RefusalReason;
import io.towncrier.privacyrequests.RequestAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of privacy requests. */
final class PrivacyRequestBodies {
  private PrivacyRequestBodies() {}

  @Schema(name = "NewPrivacyRequest")
  record Opening(
      @Nullable String kind,
      @Nullable String reference,
      @Nullable String ground,
      @Nullable String verifiedAt,
      @Nullable String subject) {
    @Override
    public String toString() {
      return "NewPrivacyRequest[" + reference + "]";
    }
  }

  @Schema(name = "PrivacyRequestAnswer")
  record Answer(@Nullable String answer) {}

  @Schema(name = "PrivacyRequestRefusal")
  record Refusal(@Nullable String refusal, @Nullable String decidedBy) {}

  @Schema(name = "PrivacyRequestList")
  record Listed(List<Shown> items, Optional<String> next, String total) {
    static Listed of(Page<PrivacyRequest> page, Instant now) {
      return new Listed(
          page.items(request -> Shown.of(request, now)),
          page.next(RequestKey::write),
          page.total());
    }
  }

  /** A request; what is about its end is missing while it is open, and urgency afterwards. */
  @Schema(name = "PrivacyRequest")
  record Shown(
      String id,
      String kind,
      String state,
      String reference,
      Optional<String> ground,
      Instant verifiedAt,
      Instant dueAt,
      Optional<String> urgency,
      Instant openedAt,
      String openedBy,
      Optional<String> answer,
      Optional<String> refusal,
      Optional<String> decidedBy,
      Optional<Instant> closedAt,
      Optional<String> closedBy,
      Optional<String> receipt) {
    static Shown of(PrivacyRequest request, Instant now) {
      return of(request, Optional.empty(), now);
    }

    /** With the secret of the receipt of an account that it has cancelled. */
    static Shown of(PrivacyRequest request, Optional<Secret> receipt, Instant now) {
      PrivacyRequest.Opened opened = request.opened();
      Optional<PrivacyRequest.Closed> closed = closed(request);
      Deadline deadline = opened.deadline();
      return new Shown(
          opened.id(),
          opened.kind().code(),
          request.state(),
          opened.reference(),
          opened.ground().map(Ground::code),
          opened.verifiedAt(),
          deadline.due(),
          closed.isPresent() ? Optional.empty() : Optional.of(deadline.urgency(now).code()),
          opened.openedAt(),
          opened.openedBy(),
          answered(request).map(PrivacyRequest.Answered::answer).map(RequestAnswer::code),
          refused(request).map(PrivacyRequest.Refused::reason).map(RefusalReason::code),
          refused(request).map(PrivacyRequest.Refused::decidedBy),
          closed.map(PrivacyRequest.Closed::at),
          closed.map(PrivacyRequest.Closed::by),
          receipt.map(Secret::reveal));
    }

    private static Optional<PrivacyRequest.Closed> closed(PrivacyRequest request) {
      return answered(request)
          .map(PrivacyRequest.Answered::closed)
          .or(() -> refused(request).map(PrivacyRequest.Refused::closed));
    }

    private static Optional<PrivacyRequest.Answered> answered(PrivacyRequest request) {
      return request instanceof PrivacyRequest.Answered answered
          ? Optional.of(answered)
          : Optional.empty();
    }

    private static Optional<PrivacyRequest.Refused> refused(PrivacyRequest request) {
      return request instanceof PrivacyRequest.Refused refused
          ? Optional.of(refused)
          : Optional.empty();
    }
  }
}
