package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.releases.editing.SteerRollout;
import io.towncrier.releases.json.ReleaseJson;
import io.towncrier.releases.rollout.Phase;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The rollout of a release, for operators. A stop needs no revision: it must not fail for one. */
@Path("/v1/admin/releases/{release}/rollout")
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
  @Operation(
      summary = "Set the phases; none means everybody",
      description = "The share in force cannot shrink, and new phases cannot begin in the past.")
  public Uni<ObjectNode> phases(@PathParam("release") String id, @Nullable JsonNode body) {
    InputReader input = new InputReader();
    JsonNode given = ReleaseBodies.object(body);
    int revision = ReleaseBodies.revision(input, given);
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
  @Operation(summary = "Add nobody; who is in stays in")
  public Uni<ObjectNode> pause(@PathParam("release") String id, @Nullable SeenRevision body) {
    return steer
        .pause(ReleaseBodies.id(id), Changes.seenRevision(body), operator())
        .map(Changes::answer);
  }

  @POST
  @Path("/halt")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Offer it to nobody until it is resumed")
  public Uni<ObjectNode> halt(@PathParam("release") String id, @Nullable SeenRevision body) {
    return steer
        .halt(ReleaseBodies.id(id), Changes.seenRevision(body), operator())
        .map(Changes::answer);
  }

  @POST
  @Path("/resume")
  @Consumes(MediaType.WILDCARD)
  @Operation(summary = "Go on where it stood still")
  public Uni<ObjectNode> resume(@PathParam("release") String id, @Nullable SeenRevision body) {
    return steer
        .resume(ReleaseBodies.id(id), Changes.seenRevision(body), operator())
        .map(Changes::answer);
  }
}
