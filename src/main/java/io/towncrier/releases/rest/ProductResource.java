package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Paging;
import io.towncrier.releases.Product;
import io.towncrier.releases.ProductStore;
import io.towncrier.releases.editing.EditProduct;
import io.towncrier.releases.editing.EditProduct.Outcome;
import io.towncrier.releases.json.ReleaseJson;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Products one by one, for operators. */
@Path("/v1/admin/products")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ProductResource {
  private static final Paging PAGING = new Paging("id", false);

  private final EditProduct edit;
  private final ProductStore products;
  private final SecurityIdentity operator;

  ProductResource(EditProduct edit, ProductStore products, SecurityIdentity operator) {
    this.edit = edit;
    this.products = products;
    this.operator = operator;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @APIResponse(
      responseCode = "200",
      description = "A page of products",
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ProductList")))
  @Operation(operationId = "listProducts", summary = "List products")
  public Uni<ReleaseBodies.Listed> list(
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    PageRequest<String> request =
        PAGING.read(input, limit, after, sort, id -> Optional.of(id).filter(Product::isId));
    input.finish();
    return products
        .list(request)
        .map(
            page ->
                new ReleaseBodies.Listed(
                    page.items(ReleaseBodies::shown),
                    page.next(last -> last.product().id()),
                    page.total()));
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Path("/{product}")
  @APIResponse(
      responseCode = "200",
      description = "The product",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Product")))
  @Operation(operationId = "getProduct", summary = "Get a product")
  @Problems({ProblemCode.UNKNOWN_PRODUCT})
  public Uni<ObjectNode> show(@PathParam("product") String id) {
    return products
        .find(Product.isId(id) ? id : "")
        .map(found -> ReleaseBodies.shown(found.orElseThrow(ProductResource::unknown)));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(201)
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Product")))
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ProductDraft")))
  @Operation(operationId = "createProduct", summary = "Create a product")
  @Problems(ProblemCode.ALREADY_EXISTS)
  public Uni<ObjectNode> create(@Nullable JsonNode body) {
    InputReader input = new InputReader();
    Optional<Product> product = ReleaseJson.product(input, ReleaseBodies.object(body));
    input.finish();
    return edit.create(product.orElseThrow(), operator()).map(ProductResource::answer);
  }

  @PUT
  @Path("/{product}")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "Changed",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Product")))
  @RequestBody(
      required = true,
      content =
          @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "ProductDraft")))
  @Operation(
      operationId = "changeProduct",
      summary = "Change a product; send the revision that you have read")
  @Problems({ProblemCode.UNKNOWN_PRODUCT, ProblemCode.STALE_REVISION, ProblemCode.UNPUBLISHABLE})
  public Uni<ObjectNode> change(
      @PathParam("product") String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable JsonNode body) {
    InputReader input = new InputReader();
    ObjectNode given = ((ObjectNode) ReleaseBodies.object(body)).deepCopy();
    int revision = ReleaseBodies.revision(input, ifMatch, given);
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
      throw ProblemCode.ALREADY_EXISTS
          .with("Change the product with PUT, or choose another id.")
          .asException();
    } else if (outcome instanceof Outcome.Stale stale) {
      throw ProblemCode.STALE_REVISION
          .with("current shows it as it is now. Change that, with its revision.")
          .withCurrent(ReleaseBodies.shown(stale.now()))
          .asException();
    } else if (outcome instanceof Outcome.Refused refused) {
      throw ReleaseBodies.unpublishable(refused.findings());
    } else if (outcome instanceof Outcome.Unknown) {
      throw unknown();
    }
    throw new ForgottenCase(outcome);
  }

  private static RuntimeException unknown() {
    return ProblemCode.UNKNOWN_PRODUCT
        .with(
            "Ids are case-sensitive.", List.of(new FieldError("product", "is not a known product")))
        .asException();
  }
}
