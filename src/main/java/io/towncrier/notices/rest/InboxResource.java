package io.towncrier.notices.rest;

import io.smallrye.mutiny.Uni;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The in-app notices of a device. */
@Path("/v1/devices/{deviceId}/notices")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class InboxResource {
  private static final Paging PAGING = new Paging("since", true);

  private final Inbox inbox;
  private final InstantSource clock;

  InboxResource(Inbox inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "listDeviceNotices",
      summary = "List the in-app notices of a device, the newest first",
      description = "In the language of the device.")
  public Uni<NoticeBodies.InboxShown> list(
      @PathParam("deviceId") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    PageRequest<String> request = PAGING.read(input, limit, after, sort, NoticeAnswers::id);
    input.finish();
    return inbox.entries(id, request).map(NoticeBodies.InboxShown::of);
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
