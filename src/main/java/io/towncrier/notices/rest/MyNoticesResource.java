package io.towncrier.notices.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.mine.MyNotices;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Personal Center: the in-app notices of the signed-in user, of all linked devices. */
@Path("/v1/me/notices")
@Tag(name = "Personal Center")
@RolesAllowed(Roles.USER)
class MyNoticesResource {
  private static final Paging PAGING = new Paging("since", true);

  private final MyNotices notices;
  private final SecurityIdentity user;
  private final InstantSource clock;

  MyNoticesResource(MyNotices notices, SecurityIdentity user, InstantSource clock) {
    this.notices = notices;
    this.user = user;
    this.clock = clock;
  }

  @GET
  @APIResponse(
      responseCode = "200",
      description = "OK",
      headers =
          @Header(
              name = HttpHeaders.ETAG,
              description = "Send it back as If-None-Match.",
              schema = @Schema(type = SchemaType.STRING)),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = NoticeBodies.InboxShown.class)))
  @APIResponse(responseCode = "304", description = "As before: If-None-Match held the ETag")
  @Operation(
      operationId = "listMyNotices",
      summary = "List the in-app notices of all devices of the user, the newest first",
      description =
          "Each notice once, in the language of one of the devices. What is left out of the inbox"
              + " of every device is left out here.")
  public Uni<NoticeBodies.InboxShown> list(
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
    InputReader input = new InputReader();
    PageRequest<String> request = PAGING.read(input, limit, after, sort, NoticeAnswers::id);
    input.finish();
    return notices.entries(subject(), request).map(NoticeBodies.InboxShown::of);
  }

  @POST
  @Path("/{noticeId}/read")
  @Operation(
      operationId = "markMyNoticeRead",
      summary = "Mark a notice as read on all devices of the user")
  @Problems({ProblemCode.UNKNOWN_NOTICE})
  public Uni<Void> read(@PathParam("noticeId") String noticeId) {
    return notices
        .markRead(subject(), NoticeAnswers.checked(noticeId), clock.instant())
        .invoke(
            found -> {
              if (!found) {
                throw NoticeAnswers.unknown();
              }
            })
        .replaceWithVoid();
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }
}
