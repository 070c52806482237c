package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.WouldTell;
import io.towncrier.releases.editing.DraftRelease;
import io.towncrier.releases.editing.PublishRelease;
import io.towncrier.releases.json.ReleaseJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Releases one by one, for operators; an id is {@code product:version}. */
@Path("/v1/admin/releases")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ReleaseResource {
  private static final int PAGE = 100;
  private static final Set<String> BESIDE =
      Set.of("product", "revision", "id", "author", "releasedBy");

  private final DraftRelease draft;
  private final PublishRelease publish;
  private final ReleaseStore releases;
  private final WouldTell wouldTell;
  private final InstantSource clock;
  private final SecurityIdentity operator;

  ReleaseResource(
      DraftRelease draft,
      PublishRelease publish,
      ReleaseStore releases,
      WouldTell wouldTell,
      InstantSource clock,
      SecurityIdentity operator) {
    this.draft = draft;
    this.publish = publish;
    this.releases = releases;
    this.wouldTell = wouldTell;
    this.clock = clock;
    this.operator = operator;
  }

  @GET
  @Operation(summary = "Releases, a hundred at a time; after is the last id of the page before")
  public Uni<Page> list(
      @QueryParam("product") @Nullable String product,
      @QueryParam("state") @Nullable String state,
      @QueryParam("after") @Nullable String after) {
    InputReader input = new InputReader();
    Optional<Release.State> inState =
        input.parsed("state", state, Release.State::parse, "must be draft, published or withdrawn");
    Optional<ReleaseId> behind =
        input.parsed("after", after, ReleaseId::parse, "must be product:version");
    Optional<String> of =
        input.parsed(
            "product", product, id -> Optional.of(id).filter(Product::isId), "is not a product id");
    input.finish();
    return releases
        .list(of, inState, behind, PAGE)
        .map(
            page ->
                new Page(
                    page.stream().map(ReleaseBodies::shown).toList(),
                    page.size() < PAGE
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).id().toString())));
  }

  @GET
  @Path("/{release}")
  @Operation(summary = "A release and its revision")
  public Uni<ObjectNode> show(@PathParam("release") String id) {
    return releases.find(ReleaseBodies.id(id)).map(Changes::found);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  @APIResponse(responseCode = "201", description = "Drafted")
  @Operation(
      summary = "Draft a release of one product",
      description = "Members as in docs/catalogue.schema.json, and product in place of products.")
  public Uni<ObjectNode> create(@Nullable JsonNode body) {
    InputReader input = new InputReader();
    JsonNode given = ReleaseBodies.object(body);
    String product = input.text("product", given.path("product").asText(""), 80);
    Optional<Release> release = ReleaseJson.release(input, given, BESIDE);
    ReleaseBodies.visibleNotes(input, release);
    input.finish();
    return draft
        .create(product, release.orElseThrow(), operator.getPrincipal().getName())
        .map(Changes::answer);
  }

  @PUT
  @Path("/{release}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Write a draft anew; the body has its revision beside the members")
  public Uni<ObjectNode> edit(@PathParam("release") String id, @Nullable JsonNode body) {
    InputReader input = new InputReader();
    JsonNode given = ReleaseBodies.object(body);
    int revision = ReleaseBodies.revision(input, given);
    ReleaseId named = ReleaseBodies.id(id);
    ReleaseBodies.sameIfGiven(input, given, "id", named.toString());
    ReleaseBodies.sameIfGiven(input, given, "product", named.product());
    Optional<Release> release = ReleaseJson.release(input, given, BESIDE);
    ReleaseBodies.visibleNotes(input, release);
    input.finish();
    return draft
        .edit(named, release.orElseThrow(), revision, operator.getPrincipal().getName())
        .map(Changes::answer);
  }

  @DELETE
  @Path("/{release}")
  @Operation(summary = "Throw a draft away")
  public Uni<Void> delete(
      @PathParam("release") String id, @QueryParam("revision") @Nullable String revision) {
    InputReader input = new InputReader();
    input.text("revision", revision, 10);
    Optional<Integer> seen =
        input.parsed("revision", revision, Changes::number, "must be a whole number, zero or more");
    input.finish();
    return draft
        .delete(ReleaseBodies.id(id), seen.orElseThrow(), operator.getPrincipal().getName())
        .invoke(Changes::answer)
        .replaceWithVoid();
  }

  @POST
  @Path("/{release}/publish")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Publish the revision of a draft that you have seen, or anew what was withdrawn",
      description =
          "Refused with its findings when the linter finds an error. wouldTell says how many devices"
              + " are told of it at most, all phases together; progress of its notice says exactly.")
  public Uni<ObjectNode> publish(@PathParam("release") String id, @Nullable SeenRevision body) {
    InputReader input = new InputReader();
    int revision = SeenRevision.required(input, body);
    input.finish();
    return publish
        .publish(ReleaseBodies.id(id), revision, operator.getPrincipal().getName())
        .map(Changes::answer)
        .chain(shown -> told(ReleaseBodies.id(id).product(), shown));
  }

  @POST
  @Path("/{release}/withdraw")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Offer it to nobody any more; a body may have the revision that you have seen")
  public Uni<ObjectNode> withdraw(@PathParam("release") String id, @Nullable SeenRevision body) {
    return publish
        .withdraw(
            ReleaseBodies.id(id), Changes.seenRevision(body), operator.getPrincipal().getName())
        .map(Changes::answer);
  }

  private Uni<ObjectNode> told(String product, ObjectNode shown) {
    return wouldTell
        .atMost(product)
        .map(
            count -> {
              shown
                  .putObject("wouldTell")
                  .put("atMost", count)
                  .put("asOf", clock.instant().toString());
              return shown;
            });
  }

  /** A page of releases. */
  record Page(List<ObjectNode> releases, Optional<String> after) {}
}
