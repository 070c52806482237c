package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.platform.rest.body.SmallBody;
import io.towncrier.platform.rest.guards.Widening;
import io.towncrier.releases.editing.SteerRollout;
import io.towncrier.releases.json.ReleaseJson;
import io.towncrier.releases.rollout.Advance;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
  private static final int REASON = 500;
  private static final Set<String> BESIDE = Set.of("revision", "promotion", "expectedAtMost");

  private final SteerRollout steer;
  private final ReleaseGuards guards;
  private final SecurityIdentity operator;

  RolloutResource(SteerRollout steer, ReleaseGuards guards, SecurityIdentity operator) {
    this.steer = steer;
    this.guards = guards;
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
      description =
          "The share in force cannot shrink, and new phases cannot begin in the past. With"
              + " expectedAtMost nothing is done when the phases reach more than five percent"
              + " above it.")
  @Problems({
    ProblemCode.UNKNOWN_RELEASE,
    ProblemCode.STALE_REVISION,
    ProblemCode.WRONG_STATE,
    ProblemCode.APPROVAL_NEEDED,
    ProblemCode.REACH_HAS_GROWN,
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
    Optional<Advance.By> promotion = ReleaseJson.promotion(input, given);
    OptionalLong expected = ReleaseBodies.expected(input, given);
    input.finish();
    return guards
        .check(ReleaseBodies.id(id), phases, expected)
        .chain(() -> steer.phases(ReleaseBodies.id(id), phases, promotion, revision, operator()))
        .map(Changes::answer);
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
      summary = "Pause a rollout; clients in it keep the offer",
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
  @Path("/promote")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "The release with its next phase in force",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @Operation(
      operationId = "promoteRollout",
      summary = "Start the next phase of a rollout",
      description = "from is the phase in force, from 0, so that nobody promotes twice.")
  @Problems({ProblemCode.UNKNOWN_RELEASE, ProblemCode.WRONG_STATE, ProblemCode.APPROVAL_NEEDED})
  public Uni<ObjectNode> promote(@PathParam("release") String id, @Nullable Promotion body) {
    InputReader input = new InputReader();
    Promotion given = Bodies.required(body);
    Integer from = given.from();
    if (from == null || from < 0) {
      input.reject("from", "must be the phase in force, from 0");
    }
    String reason = input.text("reason", given.reason(), REASON);
    input.finish();
    return steer
        .promote(ReleaseBodies.id(id), from == null ? 0 : from, operator(), reason)
        .map(Changes::answer);
  }

  @POST
  @Path("/resume")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      description = "The release, resumed",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @Operation(
      operationId = "resumeRollout",
      summary = "Resume a rollout where it stood still",
      description =
          "A rollout that was halted by its figures is judged by what ends from then on. Its "
              + "resumption needs a reason where it is promoted by health or by hand. With "
              + "expectedAtMost nothing is done when the release reaches more than five percent "
              + "above it.")
  @Problems({
    ProblemCode.UNKNOWN_RELEASE,
    ProblemCode.STALE_REVISION,
    ProblemCode.WRONG_STATE,
    ProblemCode.APPROVAL_NEEDED,
    ProblemCode.REACH_HAS_GROWN,
    ProblemCode.UNPUBLISHABLE
  })
  public Uni<ObjectNode> resume(
      @PathParam("release") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable Resumption body) {
    InputReader input = new InputReader();
    Resumption given = body == null ? new Resumption(null, null, null) : body;
    OptionalInt revision = SeenRevision.optional(input, ifMatch, given.revision());
    String reason = input.optionalText("reason", given.reason(), REASON).orElse("");
    OptionalLong expected = Widening.expected(input, given.expectedAtMost());
    input.finish();
    return guards
        .check(ReleaseBodies.id(id), expected)
        .chain(() -> steer.resume(ReleaseBodies.id(id), revision, operator(), reason))
        .map(Changes::answer);
  }

  /** The phase that is in force, and why the next one begins. */
  @Schema(
      name = "RolloutPromotion",
      requiredProperties = {"from", "reason"})
  record Promotion(@Nullable Integer from, @Nullable String reason) {}

  /** Why it goes on. */
  @Schema(name = "RolloutResumption")
  record Resumption(
      @Nullable Integer revision, @Nullable String reason, @Nullable Long expectedAtMost)
      implements SmallBody {}
}
