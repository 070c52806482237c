package io.towncrier.audit.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.ReadLog;
import io.towncrier.audit.VerifyAudit;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who looked at whose data, for operators. */
@Path("/v1/admin/audit/reads")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class ReadAuditResource {
  private static final Paging PAGING = new Paging("number", true);

  private final ReadLog log;
  private final VerifyAudit verify;

  ReadAuditResource(ReadLog log, VerifyAudit verify) {
    this.log = log;
    this.verify = verify;
  }

  @GET
  @Path("/verification")
  @Operation(
      operationId = "verifyAuditedReads",
      summary = "Verify that the chain of audited reads is intact",
      description = "As the verification of the audit chain.")
  public Uni<AuditResource.Verified> verification() {
    return verify.run(log).map(AuditResource.Verified::of);
  }

  @GET
  @Operation(
      operationId = "listAuditedReads",
      summary = "List reads of personal data, the newest first",
      description =
          "A read stands here as soon as it is chained: within seconds on a server, within a"
              + " minute in a cell. detail is the reason, and the authorization of what was opened.")
  public Uni<AuditResource.Entries> list(
      @QueryParam("subject") @Nullable String subject,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    Optional<String> of = input.optionalText("subject", subject, 200);
    PageRequest<Long> request = PAGING.read(input, limit, after, sort, AuditResource::number);
    input.finish();
    return log.list(of, request).map(AuditResource.Entries::of);
  }
}
