package io.towncrier.updates.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.contract.Problems;
import io.towncrier.updates.AnswerCheck;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The anonymous update check for clients without a JSON parser. */
@Path(PlainUpdateResource.PATH)
@Tag(name = "Update check")
@PermitAll
class PlainUpdateResource {
  static final String PATH = "/v1/products/{product}/update.txt";

  private final AnswerCheck check;
  private final CheckResponses responses;

  PlainUpdateResource(AnswerCheck check, CheckResponses responses) {
    this.check = check;
    this.responses = responses;
  }

  @GET
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
  public Uni<Response> check(
      @PathParam("product") String product,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known,
      @Context HttpServerRequest request) {
    return check
        .run(product, FactsQuery.read(request.query()))
        .map(decision -> responses.of(decision, AnswerForm.PLAIN, known));
  }
}
