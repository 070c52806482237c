package io.towncrier.updates.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.Bodies;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.FactsQuery;
import io.towncrier.updates.ReadFacts;
import io.towncrier.updates.UpdateAnswer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The anonymous update check, as JSON and as lines for clients without a JSON parser. */
@Path(UpdateResource.PRODUCT)
@Tag(name = "Update check")
@PermitAll
class UpdateResource {
  static final String PRODUCT = "/v1/products/{product}";
  static final String JSON = "/update";
  static final String PLAIN = "/update.txt";

  private final AnswerCheck check;
  private final CheckResponses responses;

  UpdateResource(AnswerCheck check, CheckResponses responses) {
    this.check = check;
    this.responses = responses;
  }

  @GET
  @Path(JSON)
  @Operation(
      operationId = "checkForUpdate",
      summary = "Check for an update",
      description =
          "An optional fact that cannot be read counts as not given and is named in "
              + "ignored. A plus sign in the query is a plus sign.")
  @Problems({
    ProblemCode.UNKNOWN_PRODUCT,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.DATABASE_UNAVAILABLE
  })
  @APIResponse(
      responseCode = "200",
      description = "The decision; cacheable",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = UpdateAnswer.class)))
  @APIResponse(responseCode = "304", description = "As before: If-None-Match held the ETag")
  public Uni<Response> check(
      @PathParam("product") String product,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known,
      @Context HttpServerRequest request) {
    FactsQuery asked = FactsQuery.of(request.query());
    return check
        .run(product, asked.facts())
        .map(decision -> responses.of(decision, AnswerForm.JSON, asked, known));
  }

  @GET
  @Path(PLAIN)
  @Operation(
      operationId = "checkForUpdateAsLines",
      summary = "Check for an update, answered as lines of name=value",
      description =
          "The same query and decision as of checkForUpdate, with an ETag of its own. A value is"
              + " always in one line; the last line is complete=true.")
  @Problems({
    ProblemCode.UNKNOWN_PRODUCT,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.DATABASE_UNAVAILABLE
  })
  @APIResponse(
      responseCode = "200",
      description = "The decision; cacheable",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(implementation = String.class)))
  @APIResponse(responseCode = "304", description = "As before: If-None-Match held the ETag")
  public Uni<Response> checkAsLines(
      @PathParam("product") String product,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known,
      @Context HttpServerRequest request) {
    FactsQuery asked = FactsQuery.of(request.query());
    return check
        .run(product, asked.facts())
        .map(decision -> responses.of(decision, AnswerForm.PLAIN, asked, known));
  }

  @POST
  @Path(JSON)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "checkForUpdateWithBody",
      summary = "Check for an update, with the facts as JSON",
      description = "The same answer as of the GET, without ETag.")
  @Problems({
    ProblemCode.UNKNOWN_PRODUCT,
    ProblemCode.TOO_MANY_REQUESTS,
    ProblemCode.DATABASE_UNAVAILABLE
  })
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ReadFacts.class)))
  @APIResponse(
      responseCode = "200",
      description = "The decision",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = UpdateAnswer.class)))
  public Uni<Response> check(@PathParam("product") String product, @Nullable ClientBody body) {
    ClientBody facts = Bodies.required(body);
    return check
        .run(product, ReadFacts.of(fact -> facts.text(fact.code())))
        .map(decision -> Response.ok(decision.answer(), MediaType.APPLICATION_JSON_TYPE).build());
  }
}
