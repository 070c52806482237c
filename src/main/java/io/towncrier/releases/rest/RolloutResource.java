package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.releases.editing.SteerRollout;
import io.towncrier.releases.json.ReleaseJson;
import io.towncrier.releases.rollout.Phase;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The rollout of a release, for operators. A stop needs no revision: it must not fail for one. */
@Path("/v1/admin/releases/{release}/rollout")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class RolloutResource {
  private static final Set<String> BESIDE = Set.of("revision");

  private final SteerRollout steer;
  private final SecurityIdentity operator;

  RolloutResource(SteerRollout steer, SecurityIdentity operator) {
    this.steer = steer;
    this.operator = operator;
  }

  /** Subject of who asks. */
  private String operator() {
    return operator.getPrincipal().getName();
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "The release with its new phases",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "RolloutPhases")))
  @Operation(
      operationId = "setRolloutPhases",
      summary = "Set the phases of a rollout; without phases everybody is offered the release",
      description = "The share in force cannot shrink, and new phases cannot begin in the past.")
  @Problems({
    ProblemCode.UNKNOWN_RELEASE,
    ProblemCode.STALE_REVISION,
    ProblemCode.WRONG_STATE,
    ProblemCode.APPROVAL_NEEDED,
    ProblemCode.UNPUBLISHABLE
  })
  public Uni<ObjectNode> phases(
      @PathParam("release") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body) {
    InputReader input = new InputReader();
    JsonNode given = ReleaseBodies.object(body);
    int revision = ReleaseBodies.revision(input, ifMatch, given);
    if (!given.path("phases").isArray()) {
      input.reject("phases", "must be an array");
    }
    List<Phase> phases = ReleaseJson.phases(input, given, BESIDE);
    input.finish();
    return steer.phases(ReleaseBodies.id(id), phases, revision, operator()).map(Changes::answer);
  }

  @POST
  @Path("/pause")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      description = "The release, paused",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @Operation(
      operationId = "pauseRollout",
      summary = "Pause a rollout; who is in stays in, nobody is added",
      description = "The revision may be left out: a stop must not fail for it.")
  @Problems({ProblemCode.UNKNOWN_RELEASE, ProblemCode.STALE_REVISION, ProblemCode.WRONG_STATE})
  public Uni<ObjectNode> pause(
      @PathParam("release") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable SeenRevision body) {
    return steer
        .pause(ReleaseBodies.id(id), Changes.seenRevision(ifMatch, body), operator())
        .map(Changes::answer);
  }

  @POST
  @Path("/halt")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      description = "The release, halted",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @Operation(
      operationId = "haltRollout",
      summary = "Halt a rollout; the release is offered to nobody until it is resumed",
      description = "The revision may be left out: a stop must not fail for it.")
  @Problems({ProblemCode.UNKNOWN_RELEASE, ProblemCode.STALE_REVISION, ProblemCode.WRONG_STATE})
  public Uni<ObjectNode> halt(
      @PathParam("release") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable SeenRevision body) {
    return steer
        .halt(ReleaseBodies.id(id), Changes.seenRevision(ifMatch, body), operator())
        .map(Changes::answer);
  }

  @POST
  @Path("/resume")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      description = "The release, resumed",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @Operation(operationId = "resumeRollout", summary = "Resume a rollout where it stood still")
  @Problems({
    ProblemCode.UNKNOWN_RELEASE,
    ProblemCode.STALE_REVISION,
    ProblemCode.WRONG_STATE,
    ProblemCode.APPROVAL_NEEDED
  })
  public Uni<ObjectNode> resume(
      @PathParam("release") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable SeenRevision body) {
    return steer
        .resume(ReleaseBodies.id(id), Changes.seenRevision(ifMatch, body), operator())
        .map(Changes::answer);
  }
}
