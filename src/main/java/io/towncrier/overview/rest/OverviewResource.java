package io.towncrier.overview.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.overview.LookAhead;
import io.towncrier.overview.LookAround;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.time.Moments;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What operators look at first, and what comes. */
@Path("/v1/admin")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class OverviewResource {
  private static final Duration SHOWN = Duration.ofDays(90);
  private static final Duration LONGEST = Duration.ofDays(3660);
  private static final int MOST = 500;

  private final LookAround around;
  private final LookAhead ahead;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  OverviewResource(
      LookAround around, LookAhead ahead, InstantSource clock, SecurityIdentity operator) {
    this.around = around;
    this.ahead = ahead;
    this.clock = clock;
    this.operator = operator;
  }

  @GET
  @Path("/overview")
  @Operation(
      operationId = "getOverview",
      summary = "Get alarms, running work, waiting drafts and coming events",
      description = "upcoming has what happens within seven days, twenty entries at most.")
  public Uni<OverviewBodies.Shown> overview() {
    return around.run(operator.getPrincipal().getName()).map(OverviewBodies.Shown::of);
  }

  @GET
  @Path("/calendar")
  @Operation(
      operationId = "getCalendar",
      summary = "Get phases, publications, scheduled notices and ends of support to come",
      description =
          "What happens by itself if nothing is changed, from now on or from the moment that is"
              + " given: 90 days when no end is given, 500 entries at most.")
  public Uni<OverviewBodies.Calendar> calendar(
      @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
    InputReader input = new InputReader();
    Instant now = clock.instant();
    // What has happened is in the audit log.
    Instant begin = Moments.read(input, "from", from).filter(now::isBefore).orElse(now);
    Instant end = Moments.read(input, "to", to).orElse(begin.plus(SHOWN));
    if (end.isAfter(begin.plus(LONGEST))) {
      input.reject("to", "must be at most ten years after from");
    }
    input.finish();
    return ahead
        .run(begin, end, MOST + 1)
        .map(found -> OverviewBodies.Calendar.of(begin, end, found, MOST));
  }
}
