package io.towncrier.notices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.DraftNotice;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.ShowNotice;
import io.towncrier.notices.preview.Preview;
import io.towncrier.notices.preview.PreviewNotice;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.NoBody;
import io.towncrier.platform.rest.Paging;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.platform.rest.guards.Repeats;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Notices, for operators: what they say and to whom. */
@Path("/v1/admin/notices")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class NoticeResource {
  private static final Paging PAGING = new Paging("createdAt", true);
  private static final String KEY = "Idempotency-Key";

  private final DraftNotice draft;
  private final ShowNotice show;
  private final PreviewNotice preview;
  private final NoticeStore notices;
  private final NoticeGuards guards;
  private final SecurityIdentity operator;

  NoticeResource(
      DraftNotice draft,
      ShowNotice show,
      PreviewNotice preview,
      NoticeStore notices,
      NoticeGuards guards,
      SecurityIdentity operator) {
    this.draft = draft;
    this.show = show;
    this.preview = preview;
    this.notices = notices;
    this.guards = guards;
    this.operator = operator;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(operationId = "listNotices", summary = "List notices, the newest first")
  public Uni<NoticeBodies.Listed> list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    Optional<NoticeStore.State> in =
        input.parsed("state", state, NoticeStore.State::parse, "is no state of a notice");
    PageRequest<String> request = PAGING.read(input, limit, after, sort, NoticeAnswers::id);
    input.finish();
    return notices.list(in, request).map(NoticeBodies.Listed::of);
  }

  @POST
  @ResponseStatus(201)
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = NoticeBodies.Shown.class)))
  @Operation(
      operationId = "createNotice",
      summary = "Create a draft of a notice; nobody sees it yet",
      description = "With the same Idempotency-Key and body it is made once.")
  @Problems({ProblemCode.KEY_USED_OTHERWISE})
  public Uni<NoticeBodies.Shown> draft(
      @HeaderParam(KEY) @Nullable String key, NoticeBodies.@Nullable DraftBody body) {
    InputReader input = new InputReader();
    Optional<String> once = Repeats.key(input, key);
    NoticeBodies.DraftBody given = Bodies.required(body);
    Notice.Draft written = given.read(input, name(), guards.now());
    return guards.once(once, name(), given, () -> draft.create(written).map(NoticeAnswers::shown));
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/{noticeId}")
  @Operation(operationId = "getNotice", summary = "Get a notice and the progress of its deliveries")
  @Problems({ProblemCode.UNKNOWN_NOTICE})
  public Uni<NoticeBodies.Shown> show(@PathParam("noticeId") String id) {
    return show.run(NoticeAnswers.checked(id))
        .map(found -> NoticeBodies.Shown.of(found.orElseThrow(NoticeAnswers::unknown)));
  }

  @PUT
  @Path("/{noticeId}")
  @Operation(
      operationId = "replaceNoticeDraft",
      summary = "Replace a draft of a notice; send the revision that you have read")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.STALE_REVISION, ProblemCode.WRONG_STATE})
  public Uni<NoticeBodies.Shown> edit(
      @PathParam("noticeId") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      NoticeBodies.@Nullable DraftBody body) {
    InputReader input = new InputReader();
    NoticeBodies.DraftBody given = Bodies.required(body);
    int revision = SeenRevision.required(input, ifMatch, given.revision());
    Notice.Content content = given.read(input, name(), guards.now()).content();
    return draft
        .edit(NoticeAnswers.checked(id), revision, content, name())
        .map(NoticeAnswers::shown);
  }

  @DELETE
  @Path("/{noticeId}")
  @Operation(
      operationId = "deleteNoticeDraft",
      summary = "Delete a draft of a notice; send the revision that you have read")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.STALE_REVISION, ProblemCode.WRONG_STATE})
  public Uni<Void> delete(
      @PathParam("noticeId") String id,
      @Parameter(required = true) @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    InputReader input = new InputReader();
    int revision = SeenRevision.required(input, ifMatch);
    input.finish();
    return draft
        .delete(NoticeAnswers.checked(id), revision, name())
        .invoke(NoticeAnswers::deleted)
        .replaceWithVoid();
  }

  @POST
  @Path("/{noticeId}/preview")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "previewNotice",
      summary = "Preview a notice: who would get it, who would not, and what they read",
      description =
          "Looks at each device, so of more than 100,000 it is 409 too-many-devices: start a "
              + "report then. The audience is counted at once, however large it is.")
  @Problems({ProblemCode.UNKNOWN_NOTICE, ProblemCode.TOO_MANY_DEVICES})
  public Uni<Preview> preview(@PathParam("noticeId") String id, @Nullable NoBody nothing) {
    return notices
        .find(NoticeAnswers.checked(id))
        .map(found -> found.orElseThrow(NoticeAnswers::unknown).notice().content())
        .chain(preview::run)
        .map(NoticeAnswers::previewed)
        .call(shown -> notices.previewed(id, shown.addressed(), guards.now()));
  }

  private String name() {
    return operator.getPrincipal().getName();
  }
}
