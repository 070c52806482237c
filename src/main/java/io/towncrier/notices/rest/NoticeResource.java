package io.towncrier.notices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.DraftNotice;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.PreviewNotice;
import io.towncrier.notices.ShowNotice;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Problem;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.NoBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Notices, for operators: what they say and to whom. */
@Path("/v1/admin/notices")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class NoticeResource {
  private static final int PAGE = 100;

  private final DraftNotice draft;
  private final ShowNotice show;
  private final PreviewNotice preview;
  private final NoticeStore notices;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  NoticeResource(
      DraftNotice draft,
      ShowNotice show,
      PreviewNotice preview,
      NoticeStore notices,
      InstantSource clock,
      SecurityIdentity operator) {
    this.draft = draft;
    this.show = show;
    this.preview = preview;
    this.notices = notices;
    this.clock = clock;
    this.operator = operator;
  }

  @GET
  @Operation(
      summary = "Notices, newest first, a hundred at a time; after is that of the page before")
  public Uni<NoticeBodies.Page> list(
      @QueryParam("state") @Nullable String state, @QueryParam("after") @Nullable String after) {
    InputReader input = new InputReader();
    Optional<NoticeStore.State> in =
        input.parsed("state", state, NoticeStore.State::parse, "is no state of a notice");
    Optional<String> behind =
        input.parsed(
            "after",
            after,
            id -> Optional.of(id).filter(i -> Ids.looksLike(Notice.PREFIX, i)),
            "is no id of a notice");
    input.finish();
    return notices
        .list(in, behind, PAGE)
        .map(
            page ->
                new NoticeBodies.Page(
                    page.stream().map(NoticeBodies.Shown::of).toList(),
                    page.size() < PAGE
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).notice().content().id())));
  }

  @POST
  @ResponseStatus(201)
  @APIResponse(responseCode = "201", description = "A draft")
  @Operation(summary = "Write a notice; nobody sees it yet")
  public Uni<NoticeBodies.Shown> draft(NoticeBodies.@Nullable DraftBody body) {
    Notice.Draft written = Bodies.required(body).read(new InputReader(), name(), clock.instant());
    return draft.create(written).map(NoticeAnswers::shown);
  }

  @GET
  @Path("/{noticeId}")
  @Operation(summary = "A notice, and how far its deliveries are")
  public Uni<NoticeBodies.Shown> show(@PathParam("noticeId") String id) {
    return show.run(NoticeAnswers.checked(id))
        .map(found -> NoticeBodies.Shown.of(found.orElseThrow(NoticeAnswers::unknown)));
  }

  @PUT
  @Path("/{noticeId}")
  @Operation(summary = "Write a draft anew; the body has its revision beside the members")
  public Uni<NoticeBodies.Shown> edit(
      @PathParam("noticeId") String id, NoticeBodies.@Nullable DraftBody body) {
    InputReader input = new InputReader();
    NoticeBodies.DraftBody given = Bodies.required(body);
    int revision = NoticeBodies.revision(input, given.revision());
    Notice.Content content = given.read(input, name(), clock.instant()).content();
    return draft
        .edit(NoticeAnswers.checked(id), revision, content, name())
        .map(NoticeAnswers::shown);
  }

  @DELETE
  @Path("/{noticeId}")
  @Operation(summary = "Throw a draft away")
  public Uni<Void> delete(
      @PathParam("noticeId") String id, @QueryParam("revision") @Nullable String revision) {
    InputReader input = new InputReader();
    input.text("revision", revision, 10);
    Optional<Integer> seen = NoticeBodies.revision(input, revision);
    input.finish();
    return draft
        .delete(NoticeAnswers.checked(id), seen.orElseThrow(), name())
        .invoke(NoticeAnswers::deleted)
        .replaceWithVoid();
  }

  @POST
  @Path("/{noticeId}/preview")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Who would get it, who would not be pushed to and why, and what they read")
  public Uni<PreviewNotice.Preview> preview(
      @PathParam("noticeId") String id, @Nullable NoBody nothing) {
    return notices
        .find(NoticeAnswers.checked(id))
        .map(found -> found.orElseThrow(NoticeAnswers::unknown).notice().content())
        .chain(preview::run)
        .map(
            outcome -> {
              if (outcome instanceof PreviewNotice.Outcome.Previewed previewed) {
                return previewed.preview();
              }
              throw Problem.invalidRequest(((PreviewNotice.Outcome.Refused) outcome).errors())
                  .asException();
            });
  }

  private String name() {
    return operator.getPrincipal().getName();
  }
}
