package io.towncrier.notices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.checks.CallingDevice;
import io.towncrier.notices.Inbox;
import io.towncrier.notices.Notice;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
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

/** The in-app notices of a device. */
@Path("/v1/devices/{deviceId}/notices")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class InboxResource {
  private static final Paging PAGING = new Paging("since", true);

  private final Inbox inbox;
  private final CallingDevice caller;
  private final InstantSource clock;

  InboxResource(Inbox inbox, CallingDevice caller, InstantSource clock) {
    this.inbox = inbox;
    this.caller = caller;
    this.clock = clock;
  }

  @GET
  @RolesAllowed(Roles.SIGNING_IN)
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
      operationId = "listDeviceNotices",
      summary = "List the in-app notices of a device, the newest first",
      description = "In the language of the device.")
  public Uni<NoticeBodies.InboxShown> list(
      @PathParam("deviceId") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
    InputReader input = new InputReader();
    PageRequest<String> request = PAGING.read(input, limit, after, sort, NoticeAnswers::id);
    input.finish();
    return inbox
        .entries(caller.key(), request)
        .map(page -> NoticeBodies.InboxShown.of(page.orElseThrow(CallingDevice::refused)));
  }

  @POST
  @Path("/{noticeId}/read")
  @Operation(
      operationId = "markDeviceNoticeRead",
      summary = "Mark a notice of a device as read",
      description = "It counts as read on all devices of the same account.")
  @Problems({ProblemCode.UNKNOWN_NOTICE})
  public Uni<Void> read(@PathParam("deviceId") String id, @PathParam("noticeId") String noticeId) {
    return (Ids.looksLike(Notice.PREFIX, noticeId)
            ? inbox.markRead(id, noticeId, clock.instant())
            : Uni.createFrom().item(Boolean.FALSE))
        .invoke(
            found -> {
              if (!found) {
                throw ProblemCode.UNKNOWN_NOTICE.with("Not in this inbox.").asException();
              }
            })
        .replaceWithVoid();
  }
}
