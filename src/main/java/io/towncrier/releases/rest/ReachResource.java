package io.towncrier.releases.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.releases.reach.MeasureReach;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How far a release reaches, for operators who are about to let it out. */
@Path("/v1/admin/releases/{release}/reach")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class ReachResource {
  private static final double BUCKETS_PER_PERCENT = 100;

  private final ReleaseGuards guards;

  ReachResource(ReleaseGuards guards) {
    this.guards = guards;
  }

  @GET
  @Operation(
      operationId = "getReleaseReach",
      summary = "Count the devices that a release can be offered to at most",
      description =
          "From counts, when all phases are through: atMost is what publish, phases and resume"
              + " compare with expectedAtMost. Targeting rules make it fewer; simulate says how"
              + " many.")
  @Problems({ProblemCode.UNKNOWN_RELEASE})
  public Uni<Counted> reach(@PathParam("release") String id) {
    Instant asOf = guards.now();
    return guards
        .reach(ReleaseBodies.id(id))
        .map(reach -> Counted.of(reach.orElseThrow(Changes::unknown), asOf));
  }

  /** How far a release reaches. */
  @Schema(name = "ReleaseReach")
  record Counted(long devices, double percentage, long atMost, Instant asOf) {
    static Counted of(MeasureReach.Reach reach, Instant asOf) {
      return new Counted(
          reach.devices(), reach.buckets() / BUCKETS_PER_PERCENT, reach.atMost(), asOf);
    }
  }
}
