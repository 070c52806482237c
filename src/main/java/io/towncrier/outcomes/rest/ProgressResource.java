package io.towncrier.outcomes.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.outcomes.judging.ReadHealth;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How far a release has come, for operators. */
@Path("/v1/admin/releases/{release}/progress")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class ProgressResource {
  private final ReleaseStore releases;
  private final ReadHealth health;
  private final FleetCounts fleet;
  private final InstantSource clock;

  ProgressResource(
      ReleaseStore releases, ReadHealth health, FleetCounts fleet, InstantSource clock) {
    this.releases = releases;
    this.health = health;
    this.fleet = fleet;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "getRolloutProgress",
      summary = "Get how far devices have come with a release, by phase, and what the figures mean",
      description =
          "From counters that are kept as reports arrive. counted are the devices that can halt or "
              + "promote the rollout; uncounted are those that registered too late for that, or "
              + "that the server did not offer the release.")
  @Problems(ProblemCode.UNKNOWN_RELEASE)
  public Uni<ProgressBody> progress(@PathParam("release") String release) {
    return releases
        .find(id(release))
        .map(found -> found.orElseThrow(ProgressResource::unknown))
        .chain(
            stored ->
                health
                    .of(stored)
                    .chain(
                        now ->
                            registered(stored.id())
                                .map(
                                    devices ->
                                        ProgressBody.of(stored, now, devices, clock.instant()))));
  }

  private Uni<Long> registered(ReleaseId id) {
    return fleet
        .groups(List.of(Axis.PRODUCT), FleetFilter.ALL.with(Axis.PRODUCT, id.product()))
        .map(groups -> groups.stream().mapToLong(FleetCounts.Group::devices).sum());
  }

  static ReleaseId id(String text) {
    return ReleaseId.parse(text).orElseThrow(ProgressResource::unknown);
  }

  static RuntimeException unknown() {
    return ProblemCode.UNKNOWN_RELEASE
        .with("Ids are product:version, case-sensitive.")
        .asException();
  }
}
