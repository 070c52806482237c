package io.towncrier.overview.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.overview.Live;
import io.towncrier.overview.LookAtLive;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** What a console asks for again and again. */
@Path("/v1/admin/live")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class LiveResource {
  /** In how many seconds to ask again. */
  static final String POLL_SECONDS = "Towncrier-Poll-Seconds";

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LATER = Duration.ofSeconds(15);

  private final LookAtLive look;

  LiveResource(LookAtLive look) {
    this.look = look;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "getLive",
      summary = "Get running notices, rollouts, alarms and change numbers",
      description =
          "Made to be asked for again and again: send the ETag as If-None-Match. The header"
              + " Towncrier-Poll-Seconds says in how many seconds: 2 while something moves, 15"
              + " else. An answer holds for a second, however many ask.")
  public Uni<RestResponse<LiveBodies.Shown>> live() {
    return look.run().map(LiveResource::answer);
  }

  private static RestResponse<LiveBodies.Shown> answer(Live live) {
    return RestResponse.ResponseBuilder.ok(LiveBodies.Shown.of(live))
        .header(POLL_SECONDS, (live.moves() ? SOON : LATER).toSeconds())
        .build();
  }
}
