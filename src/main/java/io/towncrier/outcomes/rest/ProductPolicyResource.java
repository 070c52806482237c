package io.towncrier.outcomes.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.releases.ProductStore;
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

/** How a product's attempts and rollouts are judged, for operators. */
@Path("/v1/admin/products/{product}/outcome-policy")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class ProductPolicyResource {
  private final Policies policies;
  private final ProductStore products;

  ProductPolicyResource(Policies policies, ProductStore products) {
    this.policies = policies;
    this.products = products;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(
      operationId = "getOutcomePolicy",
      summary = "Get how a product's attempts and rollouts are judged; what is missing is default")
  @Problems(ProblemCode.UNKNOWN_PRODUCT)
  public Uni<PolicyBody.Shown> show(@PathParam("product") String product) {
    return known(product).chain(() -> policies.shown(product, Optional.empty()));
  }

  @PUT
  @Operation(
      operationId = "setOutcomePolicy",
      summary = "Set how a product's attempts and rollouts are judged",
      description = "Replaces the whole; what is left out is the default again. Revision 0: new.")
  @Problems({ProblemCode.UNKNOWN_PRODUCT, ProblemCode.STALE_REVISION})
  public Uni<PolicyBody.Shown> set(
      @PathParam("product") String product,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Nullable PolicyBody body) {
    PolicyBody.Read read = Bodies.required(body).read(ifMatch);
    return known(product).chain(() -> policies.set(product, Optional.empty(), read));
  }

  private Uni<Void> known(String product) {
    return products
        .find(product)
        .invoke(
            found -> {
              if (found.isEmpty()) {
                throw ProblemCode.UNKNOWN_PRODUCT.with("Ids are case-sensitive.").asException();
              }
            })
        .replaceWithVoid();
  }
}
