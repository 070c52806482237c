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
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.NoBody;
import io.towncrier.platform.rest.SeenRevision;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
  private final SecurityIdentity operator;

  NoticeLifeResource(
      ApproveNotice approve,
      LaunchNotice launch,
      PauseNotice pause,
      CancelNotice cancel,
      SecurityIdentity operator) {
    this.approve = approve;
    this.launch = launch;
    this.pause = pause;
    this.cancel = cancel;
    this.operator = operator;
  }

  @POST
  @Path("/approve")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Approve the revision of a draft that you have seen")
  public Uni<NoticeBodies.Shown> approve(
      @PathParam("noticeId") String id,
      @QueryParam("revision") @Nullable String revision,
      @Nullable SeenRevision body) {
    InputReader input = new InputReader();
    OptionalInt seen = NoticeBodies.revision(input, revision, body);
    if (seen.isEmpty() && input.errorCount() == 0) {
      input.reject("revision", "is required, in the body");
    }
    input.finish();
    return approve
        .run(NoticeAnswers.checked(id), seen.orElseThrow(), name())
        .map(NoticeAnswers::shown);
  }

  @POST
  @Path("/start")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Send it, or leave it to its moment; perhaps the revision you have seen")
  public Uni<NoticeBodies.Started> start(
      @PathParam("noticeId") String id,
      @QueryParam("revision") @Nullable String revision,
      @Nullable SeenRevision body) {
    InputReader input = new InputReader();
    OptionalInt seen = NoticeBodies.revision(input, revision, body);
    input.finish();
    return launch
        .run(NoticeAnswers.checked(id), seen, name())
        .map(NoticeAnswers::changed)
        .map(NoticeLifeResource::started);
  }

  @POST
  @Path("/pause")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Push no more of it; once answered, nothing of it is pushed")
  public Uni<NoticeBodies.Shown> pause(@PathParam("noticeId") String id, @Nullable NoBody nothing) {
    return pause.pause(NoticeAnswers.checked(id), name()).map(NoticeAnswers::shown);
  }

  @POST
  @Path("/resume")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Push what is left of it, also after an error has halted it")
  public Uni<NoticeBodies.Shown> resume(
      @PathParam("noticeId") String id, @Nullable NoBody nothing) {
    return pause.resume(NoticeAnswers.checked(id), name()).map(NoticeAnswers::shown);
  }

  @POST
  @Path("/cancel")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Take it back; once answered, nothing of it is pushed any more")
  public Uni<NoticeBodies.Shown> cancel(
      @PathParam("noticeId") String id, @Nullable NoBody nothing) {
    return cancel.run(NoticeAnswers.checked(id), name()).map(NoticeAnswers::shown);
  }

  private String name() {
    return operator.getPrincipal().getName();
  }

  private static NoticeBodies.Started started(NoticeChange.Changed changed) {
    return new NoticeBodies.Started(
        changed.now().notice().content().id(),
        NoticeStore.State.of(changed.now().notice()).code(),
        changed.planned());
  }
}
