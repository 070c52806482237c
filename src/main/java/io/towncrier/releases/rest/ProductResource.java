package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.releases.Product;
import io.towncrier.releases.ProductStore;
import io.towncrier.releases.editing.EditProduct;
import io.towncrier.releases.editing.EditProduct.Outcome;
import io.towncrier.releases.json.ReleaseJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Products one by one, for operators. */
@Path("/v1/admin/products")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ProductResource {
  private static final int PAGE = 100;

  private final EditProduct edit;
  private final ProductStore products;
  private final SecurityIdentity operator;

  ProductResource(EditProduct edit, ProductStore products, SecurityIdentity operator) {
    this.edit = edit;
    this.products = products;
    this.operator = operator;
  }

  @GET
  @Operation(summary = "Products, a hundred at a time; after is the last id of the page before")
  public Uni<Page> list(@QueryParam("after") @Nullable String after) {
    InputReader input = new InputReader();
    Optional<String> behind =
        input.parsed(
            "after", after, id -> Optional.of(id).filter(Product::isId), "is not a product id");
    input.finish();
    return products
        .list(behind, PAGE)
        .map(
            page ->
                new Page(
                    page.stream().map(ReleaseBodies::shown).toList(),
                    page.size() < PAGE
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).product().id())));
  }

  @GET
  @Path("/{product}")
  @Operation(summary = "A product and its revision")
  public Uni<ObjectNode> show(@PathParam("product") String id) {
    return products
        .find(Product.isId(id) ? id : "")
        .map(found -> ReleaseBodies.shown(found.orElseThrow(ProductResource::unknown)));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  @APIResponse(responseCode = "201", description = "Created")
  @Operation(summary = "Create a product; members as in docs/catalogue.schema.json")
  public Uni<ObjectNode> create(@Nullable JsonNode body) {
    InputReader input = new InputReader();
    Optional<Product> product = ReleaseJson.product(input, ReleaseBodies.object(body));
    input.finish();
    return edit.create(product.orElseThrow(), operator()).map(ProductResource::answer);
  }

  @PUT
  @Path("/{product}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change a product; the body has its revision beside the members")
  public Uni<ObjectNode> change(@PathParam("product") String id, @Nullable JsonNode body) {
    InputReader input = new InputReader();
    ObjectNode given = ((ObjectNode) ReleaseBodies.object(body)).deepCopy();
    int revision = ReleaseBodies.revision(input, given);
    given.remove("revision");
    JsonNode named = given.path("id");
    if (named.isMissingNode()) {
      given.put("id", id);
    } else if (!named.asText().equals(id)) {
      input.reject("id", "must be that of the path");
    }
    Optional<Product> product = ReleaseJson.product(input, given);
    input.finish();
    return edit.change(product.orElseThrow(), revision, operator()).map(ProductResource::answer);
  }

  /** Subject of who asks. */
  private String operator() {
    return operator.getPrincipal().getName();
  }

  private static ObjectNode answer(Outcome outcome) {
    if (outcome instanceof Outcome.Changed changed) {
      return ReleaseBodies.shown(changed.now());
    } else if (outcome instanceof Outcome.Exists) {
      throw ProblemCode.ALREADY_EXISTS.with("Change it instead.").asException();
    } else if (outcome instanceof Outcome.Stale stale) {
      throw ProblemCode.STALE_VERSION
          .with("Look at it as it is now, and change that.")
          .withCurrent(ReleaseBodies.shown(stale.now()))
          .asException();
    } else if (outcome instanceof Outcome.Refused refused) {
      throw ReleaseBodies.unpublishable(refused.findings());
    }
    throw unknown();
  }

  private static RuntimeException unknown() {
    return ProblemCode.UNKNOWN_PRODUCT
        .with(
            "Ids are case-sensitive.", List.of(new FieldError("product", "is not a known product")))
        .asException();
  }

  /** A page of products. */
  record Page(List<ObjectNode> products, Optional<String> after) {}
}
