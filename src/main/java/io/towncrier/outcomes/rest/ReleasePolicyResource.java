package io.towncrier.outcomes.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How the rollout of a release is judged, for operators. */
@Path("/v1/admin/releases/{release}/outcome-policy")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ReleasePolicyResource {
  private final Policies policies;
  private final ReleaseStore releases;

  ReleasePolicyResource(Policies policies, ReleaseStore releases) {
    this.policies = policies;
    this.releases = releases;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(
      operationId = "getReleaseOutcomePolicy",
      summary = "Get how the rollout of a release is judged; what is missing is the product's")
  @Problems(ProblemCode.UNKNOWN_RELEASE)
  public Uni<PolicyBody.Shown> show(@PathParam("release") String release) {
    return known(release).chain(id -> policies.shown(id.product(), Optional.of(id.version())));
  }

  @PUT
  @Operation(
      operationId = "setReleaseOutcomePolicy",
      summary = "Set how the rollout of a release is judged",
      description =
          "Replaces the whole; what is left out is that of the product again. Revision 0: new.")
  @Problems({ProblemCode.UNKNOWN_RELEASE, ProblemCode.STALE_REVISION})
  public Uni<PolicyBody.Shown> set(
      @PathParam("release") String release,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable PolicyBody body) {
    PolicyBody.Read read = Bodies.required(body).read(ifMatch);
    return known(release).chain(id -> policies.set(id.product(), Optional.of(id.version()), read));
  }

  private Uni<ReleaseId> known(String release) {
    return releases
        .find(ProgressResource.id(release))
        .map(found -> found.orElseThrow(ProgressResource::unknown).id());
  }
}
