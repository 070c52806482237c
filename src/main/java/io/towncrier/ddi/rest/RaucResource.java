package io.towncrier.ddi.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.PollRauc;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.contract.Problems;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** RAUC's own polling without a credential: no SQL, and nothing is kept. */
@Path("/v1/products/{product}/rauc")
@Tag(name = "Update check")
@PermitAll
class RaucResource {
  private final PollRauc poll;

  RaucResource(PollRauc poll) {
    this.poll = poll;
  }

  @GET
  @Operation(
      operationId = "pollAsRauc",
      summary = "Poll for an update as RAUC does",
      description =
          "The facts of checkForUpdate in the query, and the version also in RAUC-System-Version."
              + " Serial number and machine id are neither kept nor logged.")
  @Problems({
    ProblemCode.INVALID_REQUEST,
    ProblemCode.UNKNOWN_PRODUCT,
    ProblemCode.TOO_MANY_REQUESTS
  })
  @APIResponse(responseCode = "204", description = "There is nothing to install now")
  @APIResponse(responseCode = "302", description = "Location has the bundle to install")
  @APIResponse(responseCode = "304", description = "If-None-Match held the tag of the bundle")
  public Uni<Response> poll(
      @PathParam("product") String product,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known,
      @Context HttpServerRequest request) {
    return poll.anonymous(product, RaucFacts.of(request))
        .map(answer -> RaucResponses.of(answer, known));
  }
}
