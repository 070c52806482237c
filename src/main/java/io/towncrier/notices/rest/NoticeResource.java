package io.towncrier.notices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.CancelNotice;
import io.towncrier.notices.LaunchNotice;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.PreviewNotice;
import io.towncrier.platform.Ids;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Bodies;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Notices, for operators. */
@Path("/v1/admin/notices")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class NoticeResource {
  private final NoticeStore notices;
  private final PreviewNotice preview;
  private final LaunchNotice launch;
  private final CancelNotice cancel;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  NoticeResource(
      NoticeStore notices,
      PreviewNotice preview,
      LaunchNotice launch,
      CancelNotice cancel,
      InstantSource clock,
      SecurityIdentity operator) {
    this.notices = notices;
    this.preview = preview;
    this.launch = launch;
    this.cancel = cancel;
    this.clock = clock;
    this.operator = operator;
  }

  @POST
  @ResponseStatus(201)
  @APIResponse(responseCode = "201", description = "A draft")
  @Operation(summary = "Write a notice; nobody sees it yet")
  public Uni<NoticeBodies.Shown> draft(NoticeBodies.@Nullable DraftBody body) {
    Notice.Draft draft =
        Bodies.required(body).read(operator.getPrincipal().getName(), clock.instant());
    return notices.add(draft).map(done -> NoticeBodies.Shown.of(draft, Optional.empty()));
  }

  @GET
  @Path("/{noticeId}")
  @Operation(summary = "A notice, and how far its deliveries are")
  public Uni<NoticeBodies.Shown> show(@PathParam("noticeId") String id) {
    return known(id)
        .chain(
            notice -> notices.progress(id).map(p -> NoticeBodies.Shown.of(notice, Optional.of(p))));
  }

  @POST
  @Path("/{noticeId}/preview")
  @Operation(summary = "Who would get it, who would not be pushed to and why, and what they read")
  public Uni<PreviewNotice.Preview> preview(@PathParam("noticeId") String id) {
    return known(id).chain(notice -> preview.run(notice.content()));
  }

  @POST
  @Path("/{noticeId}/start")
  @Operation(summary = "Send it")
  public Uni<NoticeBodies.Started> start(@PathParam("noticeId") String id) {
    return launch
        .run(checked(id))
        .map(
            outcome -> {
              if (outcome instanceof LaunchNotice.Outcome.Launched launched) {
                return new NoticeBodies.Started(id, "started", launched.planned());
              }
              throw outcome instanceof LaunchNotice.Outcome.NotADraft
                  ? ProblemCode.WRONG_STATE.with("Only a draft can be started.").asException()
                  : unknown();
            });
  }

  @POST
  @Path("/{noticeId}/cancel")
  @Operation(summary = "Take it back; once answered, nothing of it is pushed any more")
  public Uni<NoticeBodies.Shown> cancel(@PathParam("noticeId") String id) {
    return cancel
        .run(checked(id))
        .map(
            notice ->
                NoticeBodies.Shown.of(
                    notice.orElseThrow(NoticeResource::unknown), Optional.empty()));
  }

  private Uni<Notice> known(String id) {
    return notices.find(checked(id)).map(found -> found.orElseThrow(NoticeResource::unknown));
  }

  private static String checked(String id) {
    if (!Ids.looksLike(Notice.PREFIX, id)) {
      throw unknown();
    }
    return id;
  }

  private static ProblemException unknown() {
    return ProblemCode.UNKNOWN_NOTICE.with("No notice has this id.").asException();
  }
}
