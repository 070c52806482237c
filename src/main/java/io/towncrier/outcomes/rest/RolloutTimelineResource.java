package io.towncrier.outcomes.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Paging;
import io.towncrier.releases.ReleaseStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happened to a release and its rollout, for operators. */
@Path("/v1/admin/releases/{release}/timeline")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class RolloutTimelineResource {
  private static final Paging PAGING = new Paging("number", true);

  private final ReleaseStore releases;
  private final AuditLog audit;

  RolloutTimelineResource(ReleaseStore releases, AuditLog audit) {
    this.releases = releases;
    this.audit = audit;
  }

  @GET
  @Operation(
      operationId = "getRolloutTimeline",
      summary = "List the events of a release, the newest first",
      description =
          "Entries of the audit log; rollout-health is who halts and promotes by figures.")
  @Problems(ProblemCode.UNKNOWN_RELEASE)
  public Uni<ProgressBody.RolloutTimeline> timeline(
      @PathParam("release") String release,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    PageRequest<Long> request =
        PAGING.read(input, limit, after, sort, RolloutTimelineResource::number);
    input.finish();
    return releases
        .find(ProgressResource.id(release))
        .map(found -> found.orElseThrow(ProgressResource::unknown))
        .chain(stored -> audit.list(Optional.of(stored.id().toString()), request))
        .map(ProgressBody.RolloutTimeline::of);
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text)).filter(number -> number > 0);
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }
}
