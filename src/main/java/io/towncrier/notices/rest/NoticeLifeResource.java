package io.towncrier.notices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.ApproveNotice;
import io.towncrier.notices.CancelNotice;
import io.towncrier.notices.LaunchNotice;
import io.towncrier.notices.NoticeChange;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.PauseNotice;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.NoBody;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.platform.rest.body.SmallBody;
import io.towncrier.platform.rest.guards.Reasoned;
import io.towncrier.platform.rest.guards.Widening;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Notices, for operators: from the draft to the end. */
@Path("/v1/admin/notices/{noticeId}")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class NoticeLifeResource {
  private final ApproveNotice approve;
  private final LaunchNotice launch;
  private final PauseNotice pause;
  private final CancelNotice cancel;
  private final NoticeGuards guards;
  private final SecurityIdentity operator;

  NoticeLifeResource(
      ApproveNotice approve,
      LaunchNotice launch,
      PauseNotice pause,
      CancelNotice cancel,
      NoticeGuards guards,
      SecurityIdentity operator) {
    this.approve = approve;
    this.launch = launch;
    this.pause = pause;
    this.cancel = cancel;
    this.guards = guards;
    this.operator = operator;
  }

  @POST
  @Path("/approve")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "approveNotice",
      summary = "Approve a draft of a notice; send the revision that you have read")
  @Problems({
    ProblemCode.UNKNOWN_NOTICE,
    ProblemCode.STALE_REVISION,
    ProblemCode.WRONG_STATE,
    ProblemCode.APPROVAL_NEEDED
  })
  public Uni<NoticeBodies.Shown> approve(
      @PathParam("noticeId") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable SeenRevision body) {
    InputReader input = new InputReader();
    int seen = SeenRevision.required(input, ifMatch, body);
    input.finish();
    return approve.run(NoticeAnswers.checked(id), seen, name()).map(NoticeAnswers::shown);
  }

  @POST
  @Path("/start")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "startNotice",
      summary = "Start a notice, or leave it to its scheduled time",
      description =
          "The revision may be sent, so that nothing starts that you have not read. It is answered"
              + " when the notice runs and its first deliveries are planned; those of a large"
              + " audience follow by themselves, and every inbox has it from then on. With"
              + " expectedAtMost nothing is done when the audience is more than five percent"
              + " above it.")
  @Problems({
    ProblemCode.UNKNOWN_NOTICE,
    ProblemCode.STALE_REVISION,
    ProblemCode.WRONG_STATE,
    ProblemCode.APPROVAL_NEEDED,
    ProblemCode.REACH_HAS_GROWN
  })
  public Uni<NoticeBodies.Started> start(
      @PathParam("noticeId") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable Widening body) {
    InputReader input = new InputReader();
    Widening given = Widening.of(body);
    OptionalInt seen = SeenRevision.optional(input, ifMatch, given.revision());
    OptionalLong expected = given.expected(input);
    input.finish();
    return guards
        .checkStart(NoticeAnswers.checked(id), expected)
        .chain(() -> launch.run(NoticeAnswers.checked(id), seen, name()))
        .map(NoticeAnswers::changed)
        .map(NoticeLifeResource::started);
  }

  @POST
  @Path("/pause")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "pauseNotice",
      summary = "Pause the pushes of a notice",
      description = "When this returns, no push of it is in flight.")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.WRONG_STATE, ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<NoticeBodies.Shown> pause(@PathParam("noticeId") String id, @Nullable NoBody nothing) {
    return pause.pause(NoticeAnswers.checked(id), name()).map(NoticeAnswers::shown);
  }

  @POST
  @Path("/resume")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "resumeNotice",
      summary = "Resume the pushes of a notice, also after an error has halted it",
      description =
          "With expectedAtMost nothing is done when more than five percent above it is left to"
              + " push.")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.WRONG_STATE, ProblemCode.REACH_HAS_GROWN})
  public Uni<NoticeBodies.Shown> resume(
      @PathParam("noticeId") String id, @Nullable ExpectedReach body) {
    InputReader input = new InputReader();
    OptionalLong expected =
        body == null ? OptionalLong.empty() : Widening.expected(input, body.expectedAtMost());
    input.finish();
    return guards
        .checkResume(NoticeAnswers.checked(id), expected)
        .chain(() -> pause.resume(NoticeAnswers.checked(id), name()))
        .map(NoticeAnswers::shown);
  }

  @POST
  @Path("/cancel")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "cancelNotice",
      summary = "Cancel a notice",
      description =
          "When this returns, no push of it is in flight, and no inbox shows it. The reason stands"
              + " in the audit log.")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.WRONG_STATE, ProblemCode.NOT_YET_EFFECTIVE})
  public Uni<NoticeBodies.Shown> cancel(
      @PathParam("noticeId") String id, @Nullable CancelReason body) {
    InputReader input = new InputReader();
    String reason = body == null ? "" : new Reasoned(null, body.reason()).reason(input);
    input.finish();
    return cancel.run(NoticeAnswers.checked(id), name(), reason).map(NoticeAnswers::shown);
  }

  /** The body of a resumption. */
  @Schema(name = "ExpectedReach")
  record ExpectedReach(@Nullable Long expectedAtMost) implements SmallBody {}

  /** The body of a cancellation. */
  @Schema(name = "CancelReason")
  record CancelReason(@Nullable String reason) implements SmallBody {}

  private String name() {
    return operator.getPrincipal().getName();
  }

  private static NoticeBodies.Started started(NoticeChange.Changed changed) {
    return new NoticeBodies.Started(
        changed.now().notice().content().id(),
        NoticeStore.State.of(changed.now().notice()).code(),
        changed.planned(),
        changed.allPlanned());
  }
}
