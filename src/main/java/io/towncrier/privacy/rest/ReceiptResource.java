package io.towncrier.privacy.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.contract.Problems;
import io.towncrier.privacy.rights.FindReceipt;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What became of a cancellation, for who has the receipt: the account cannot sign in any more. */
@Path("/v1/receipts/{receipt}")
@Tag(name = "Personal Center")
@PermitAll
class ReceiptResource {
  private final FindReceipt receipts;

  ReceiptResource(FindReceipt receipts) {
    this.receipts = receipts;
  }

  @GET
  @APIResponse(
      responseCode = "200",
      description = "State and dates, and nothing of the person",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RightsBodies.Shown.class)))
  @Operation(
      operationId = "getReceipt",
      summary = "Get the state of a cancellation, without a sign-in",
      description = "It can be looked at for two years after the account was erased.")
  @Problems({
    ProblemCode.UNKNOWN_RECEIPT,
    ProblemCode.DATABASE_UNAVAILABLE,
    ProblemCode.WRONG_MASTER_KEY
  })
  public Uni<Response> show(@PathParam("receipt") String secret) {
    return receipts
        .run(secret)
        .map(
            found ->
                Response.ok(
                        RightsBodies.Shown.of(
                            found.orElseThrow(
                                () ->
                                    ProblemCode.UNKNOWN_RECEIPT
                                        .with("Nobody has got such a receipt, or it is too old.")
                                        .asException())))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build());
  }
}
