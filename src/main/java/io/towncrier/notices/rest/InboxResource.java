package io.towncrier.notices.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Inbox;
import io.towncrier.notices.Notice;
import io.towncrier.platform.Ids;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The in-app notices of a device. */
@Path("/v1/devices/{deviceId}/notices")
@Tag(name = "Devices")
@RolesAllowed(Roles.DEVICE)
class InboxResource {
  private static final int LIMIT = 100;

  private final Inbox inbox;
  private final InstantSource clock;

  InboxResource(Inbox inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  @GET
  @Operation(summary = "Newest first, in the language of the device")
  public Uni<NoticeBodies.InboxShown> list(@PathParam("deviceId") String id) {
    return inbox
        .entries(id, LIMIT)
        .map(
            entries ->
                new NoticeBodies.InboxShown(
                    entries.stream().map(NoticeBodies.InboxShown.Entry::of).toList()));
  }

  @POST
  @Path("/{noticeId}/read")
  @Operation(summary = "The user has seen it")
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
