package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Paging;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.platform.rest.guards.Reasoned;
import io.towncrier.platform.rest.guards.Repeats;
import io.towncrier.platform.rest.guards.Widening;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.editing.DraftRelease;
import io.towncrier.releases.editing.PublishRelease;
import io.towncrier.releases.json.ReleaseJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Releases one by one, for operators; an id is {@code product:version}. */
@Path("/v1/admin/releases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ReleaseResource {
  private static final Paging PAGING = new Paging("id", false);
  private static final String KEY = "Idempotency-Key";
  private static final Set<String> BESIDE =
      Set.of("product", "revision", "id", "author", "releasedBy");

  private final DraftRelease draft;
  private final PublishRelease publish;
  private final ReleaseStore releases;
  private final ArtifactIds artifacts;
  private final ReleaseGuards guards;
  private final SecurityIdentity operator;

  ReleaseResource(
      DraftRelease draft,
      PublishRelease publish,
      ReleaseStore releases,
      ArtifactIds artifacts,
      ReleaseGuards guards,
      SecurityIdentity operator) {
    this.draft = draft;
    this.publish = publish;
    this.releases = releases;
    this.artifacts = artifacts;
    this.guards = guards;
    this.operator = operator;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @APIResponse(
      responseCode = "200",
      description = "A page of releases",
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ReleaseList")))
  @Operation(operationId = "listReleases", summary = "List releases")
  public Uni<ReleaseBodies.Listed> list(
      @QueryParam("product") @Nullable String product,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    Optional<Release.State> inState =
        input.parsed("state", state, Release.State::parse, "must be draft, published or withdrawn");
    Optional<String> of =
        input.parsed(
            "product",
            InputReader.withPlus(product),
            id -> Optional.of(id).filter(Product::isId),
            "is not a product id");
    PageRequest<ReleaseId> request = PAGING.read(input, limit, after, sort, ReleaseId::parse);
    input.finish();
    return releases
        .list(of, inState, request)
        .map(
            page ->
                new ReleaseBodies.Listed(
                    page.items(ReleaseBodies::shown),
                    page.next(last -> last.id().toString()),
                    page.total()));
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/{release}")
  @APIResponse(
      responseCode = "200",
      description = "The release",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @Operation(operationId = "getRelease", summary = "Get a release")
  @Problems({ProblemCode.UNKNOWN_RELEASE})
  public Uni<ObjectNode> show(@PathParam("release") String id) {
    return releases.find(ReleaseBodies.id(id)).map(Changes::found);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ReleaseDraft")))
  @Operation(
      operationId = "createRelease",
      summary = "Create a draft of a release",
      description =
          "A draft is seen by operators alone. publishedAt may be left out: publishing "
              + "sets it. With the same Idempotency-Key and body it is made once.")
  @Problems({
    ProblemCode.UNKNOWN_PRODUCT,
    ProblemCode.ALREADY_EXISTS,
    ProblemCode.KEY_USED_OTHERWISE,
    ProblemCode.UNPUBLISHABLE
  })
  public Uni<ObjectNode> create(@HeaderParam(KEY) @Nullable String key, @Nullable JsonNode body) {
    return artifacts.filled(ReleaseBodies.object(body)).chain(given -> drafted(key, given));
  }

  private Uni<ObjectNode> drafted(@Nullable String key, JsonNode given) {
    InputReader input = new InputReader();
    Optional<String> once = Repeats.key(input, key);
    String product = input.text("product", given.path("product").asText(""), 80);
    Optional<Release> release = ReleaseJson.draft(input, given, BESIDE);
    ReleaseBodies.visibleNotes(input, release);
    input.finish();
    String author = operator.getPrincipal().getName();
    return guards.once(
        once,
        author,
        given,
        () -> draft.create(product, release.orElseThrow(), author).map(Changes::answer));
  }

  @PUT
  @Path("/{release}")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "Replaced",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ReleaseDraft")))
  @Operation(
      operationId = "replaceReleaseDraft",
      summary = "Replace a draft of a release; send the revision that you have read")
  @Problems({
    ProblemCode.UNKNOWN_RELEASE,
    ProblemCode.STALE_REVISION,
    ProblemCode.WRONG_STATE,
    ProblemCode.UNPUBLISHABLE
  })
  public Uni<ObjectNode> edit(
      @PathParam("release") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body) {
    return artifacts
        .filled(ReleaseBodies.object(body))
        .chain(given -> edited(ReleaseBodies.id(id), ifMatch, given));
  }

  private Uni<ObjectNode> edited(ReleaseId named, @Nullable String ifMatch, JsonNode given) {
    InputReader input = new InputReader();
    int revision = ReleaseBodies.revision(input, ifMatch, given);
    ReleaseBodies.sameIfGiven(input, given, "id", named.toString());
    ReleaseBodies.sameIfGiven(input, given, "product", named.product());
    Optional<Release> release = ReleaseJson.draft(input, given, BESIDE);
    ReleaseBodies.visibleNotes(input, release);
    input.finish();
    return draft
        .edit(named, release.orElseThrow(), revision, operator.getPrincipal().getName())
        .map(Changes::answer);
  }

  @DELETE
  @Path("/{release}")
  @Operation(
      operationId = "deleteReleaseDraft",
      summary = "Delete a draft of a release; send the revision that you have read")
  @Problems({ProblemCode.UNKNOWN_RELEASE, ProblemCode.STALE_REVISION, ProblemCode.WRONG_STATE})
  public Uni<Void> delete(
      @PathParam("release") String id,
      @Parameter(required = true) @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    InputReader input = new InputReader();
    int revision = SeenRevision.required(input, ifMatch);
    input.finish();
    return draft
        .delete(ReleaseBodies.id(id), revision, operator.getPrincipal().getName())
        .invoke(Changes::answer)
        .replaceWithVoid();
  }

  @POST
  @Path("/{release}/publish")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      description = "Published",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(ref = "PublishedRelease")))
  @Operation(
      operationId = "publishRelease",
      summary = "Publish a draft, or publish a withdrawn release again",
      description =
          "Send the revision that you have read. The linter must find no error. wouldTell "
              + "is the number of devices that are told at most, over all phases; the progress "
              + "of the notice has the exact number. With expectedAtMost nothing is done when the "
              + "release reaches more than five percent above it.")
  @Problems({
    ProblemCode.UNKNOWN_RELEASE,
    ProblemCode.STALE_REVISION,
    ProblemCode.WRONG_STATE,
    ProblemCode.APPROVAL_NEEDED,
    ProblemCode.REACH_HAS_GROWN,
    ProblemCode.UNPUBLISHABLE
  })
  public Uni<ObjectNode> publish(
      @PathParam("release") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable Widening body) {
    InputReader input = new InputReader();
    Widening given = Widening.of(body);
    int revision = SeenRevision.required(input, ifMatch, given.revision());
    OptionalLong expected = given.expected(input);
    input.finish();
    return guards
        .check(ReleaseBodies.id(id), expected)
        .chain(
            () ->
                publish.publish(ReleaseBodies.id(id), revision, operator.getPrincipal().getName()))
        .map(Changes::answer)
        .chain(shown -> guards.told(ReleaseBodies.id(id).product(), shown));
  }

  @POST
  @Path("/{release}/withdraw")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      description = "Withdrawn",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
  @Operation(
      operationId = "withdrawRelease",
      summary = "Withdraw a release; it is offered to nobody any more",
      description =
          "The revision may be left out: a stop must not fail for it. The reason stands in the"
              + " audit log.")
  @Problems({ProblemCode.UNKNOWN_RELEASE, ProblemCode.STALE_REVISION, ProblemCode.WRONG_STATE})
  public Uni<ObjectNode> withdraw(
      @PathParam("release") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable Reasoned body) {
    InputReader input = new InputReader();
    Reasoned given = Reasoned.of(body);
    OptionalInt revision = SeenRevision.optional(input, ifMatch, given.revision());
    String reason = given.reason(input);
    input.finish();
    return publish
        .withdraw(ReleaseBodies.id(id), revision, operator.getPrincipal().getName(), reason)
        .map(Changes::answer);
  }
}
