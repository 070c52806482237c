package io.towncrier.privacy.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.contract.Problems;
import io.towncrier.platform.rest.StrictNames;
import io.towncrier.privacy.rights.CancelAccount;
import io.towncrier.privacy.rights.ExportSubject;
import io.towncrier.privacy.rights.Ground;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Personal Center: the signed-in user takes all data along, or cancels the account. */
@Path("/v1/me")
@StrictNames
@Tag(name = "Personal Center")
@RolesAllowed(Roles.USER)
class MyRightsResource {
  private final ExportSubject export;
  private final CancelAccount cancel;
  private final SecurityIdentity user;

  MyRightsResource(ExportSubject export, CancelAccount cancel, SecurityIdentity user) {
    this.export = export;
    this.cancel = cancel;
    this.user = user;
  }

  @GET
  @Path("/export")
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "Everything; of an account that is cancelled and not erased, too",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RightsBodies.Exported.class)))
  @Operation(
      operationId = "exportMyData",
      summary = "Export everything that is kept of the user",
      description =
          "One document, to be saved as a file: rows by table, and what each column is kept for."
              + " Of a device that other accounts use as well, it says no more than the list of"
              + " linked devices.")
  public Uni<Response> export() {
    return export
        .run(subject())
        .map(
            found ->
                Response.ok(RightsBodies.Exported.of(found))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"towncrier-my-data.json\"")
                    .build());
  }

  @DELETE
  @APIResponse(
      responseCode = "202",
      description = "Restricted; it is erased by the moment that the receipt names",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RightsBodies.Cancelled.class)))
  @Operation(
      operationId = "cancelMyAccount",
      summary = "Cancel the user's account",
      description =
          "When this returns, no push for the account is in flight, its devices are unlinked and"
              + " keep what was switched off. The same again gives the same receipt. With the"
              + " ground minor it is erased within 24 hours.")
  @Problems({
    ProblemCode.UNKNOWN_ACCOUNT,
    ProblemCode.NOT_YET_EFFECTIVE,
    ProblemCode.INVALID_REQUEST
  })
  public Uni<Response> cancel(@QueryParam("ground") @Nullable String ground) {
    InputReader input = new InputReader();
    Ground why =
        ground == null
            ? Ground.ACCOUNT_CANCELLED
            : input
                .parsed("ground", ground, Ground::of, "is none of the known grounds")
                .orElse(Ground.ACCOUNT_CANCELLED);
    input.finish();
    return cancel.run(subject(), why).map(MyRightsResource::cancelled);
  }

  private static Response cancelled(CancelAccount.Outcome outcome) {
    if (outcome instanceof CancelAccount.Outcome.Cancelled done) {
      return Response.accepted(RightsBodies.Cancelled.of(done))
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .header(HttpHeaders.LOCATION, "/v1/receipts/" + done.secret().reveal())
          .build();
    }
    if (outcome instanceof CancelAccount.Outcome.Unknown) {
      throw ProblemCode.UNKNOWN_ACCOUNT.with("There is nothing to cancel.").asException();
    }
    throw new ForgottenCase(outcome);
  }

  private Secret subject() {
    return new Secret(user.getPrincipal().getName());
  }
}
