package io.towncrier.ddi.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.enrolment.GatewayTokenStore;
import io.towncrier.ddi.enrolment.ManageGatewayTokens;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Tokens of gateways, for operators. */
@Path("/v1/admin/gateway-tokens")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class GatewayTokenResource {
  private static final Paging PAGING = new Paging("id", false);

  private final ManageGatewayTokens tokens;
  private final SecurityIdentity operator;

  GatewayTokenResource(ManageGatewayTokens tokens, SecurityIdentity operator) {
    this.tokens = tokens;
    this.operator = operator;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  @Operation(
      operationId = "listGatewayTokens",
      summary = "List the tokens of gateways",
      description = "Without what they are.")
  public Uni<EnrolmentBodies.Tokens> list(
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    PageRequest<String> request =
        PAGING.read(input, limit, after, sort, id -> Optional.of(id).filter(this::isId));
    input.finish();
    return tokens
        .list(request)
        .map(
            page ->
                new EnrolmentBodies.Tokens(
                    page.items(EnrolmentBodies.Token::of),
                    page.next(GatewayTokenStore.Token::id),
                    page.total()));
  }

  @POST
  @ResponseStatus(201)
  @APIResponse(
      responseCode = "201",
      description = "Made",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = EnrolmentBodies.MadeToken.class)))
  @Operation(
      operationId = "makeGatewayToken",
      summary = "Make a token for a gateway; it is shown once",
      description =
          "Its holder speaks for every router of the product that has a controllerId, and registers"
              + " new ones. It counts only where TOWNCRIER_DDI_GATEWAY_TOKENS is true.")
  @Problems({ProblemCode.UNKNOWN_PRODUCT})
  public Uni<EnrolmentBodies.MadeToken> make(EnrolmentBodies.@Nullable TokenRequest body) {
    EnrolmentBodies.TokenRequest given = Bodies.required(body);
    InputReader input = new InputReader();
    String product = input.text("product", given.product(), 80);
    Optional<CountryCode> country = input.country("country", given.country());
    input.finish();
    return tokens.make(product, country, name()).map(EnrolmentBodies.MadeToken::of);
  }

  @DELETE
  @Path("/{tokenId}")
  @Operation(
      operationId = "revokeGatewayToken",
      summary = "Revoke the token of a gateway",
      description = "When this returns, it is worth nothing. Routers that it brought stay.")
  @Problems({ProblemCode.UNKNOWN_TOKEN})
  public Uni<Void> revoke(@PathParam("tokenId") String id) {
    return (isId(id) ? tokens.revoke(id, name()) : Uni.createFrom().item(Boolean.FALSE))
        .invoke(
            revoked -> {
              if (!revoked) {
                throw ProblemCode.UNKNOWN_TOKEN
                    .with("No token in force has this id.")
                    .asException();
              }
            })
        .replaceWithVoid();
  }

  private boolean isId(String text) {
    return Ids.looksLike(ManageGatewayTokens.PREFIX, text);
  }

  private String name() {
    return operator.getPrincipal().getName();
  }
}
