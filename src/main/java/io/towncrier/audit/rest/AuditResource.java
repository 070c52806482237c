package io.towncrier.audit.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.audit.VerifyAudit;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Paging;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit log, for operators. */
@Path("/v1/admin/audit")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class AuditResource {
  private static final Paging PAGING = new Paging("number", true);

  private final AuditLog log;
  private final VerifyAudit verify;

  AuditResource(AuditLog log, VerifyAudit verify) {
    this.log = log;
    this.verify = verify;
  }

  @GET
  @Operation(operationId = "listAuditEntries", summary = "List who changed what, the newest first")
  public Uni<Entries> list(
      @QueryParam("subject") @Nullable String subject,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    Optional<String> of = input.optionalText("subject", subject, 200);
    PageRequest<Long> request = PAGING.read(input, limit, after, sort, AuditResource::number);
    input.finish();
    return log.list(of, request).map(Entries::of);
  }

  @GET
  @Path("/verification")
  @Operation(
      operationId = "verifyAudit",
      summary = "Verify that the audit chain is intact",
      description =
          "Keep the head elsewhere now and then: a chain that was made anew as a whole "
              + "has another one.")
  public Uni<Verified> verification() {
    return verify
        .run()
        .map(
            outcome ->
                outcome instanceof VerifyAudit.Outcome.Intact intact
                    ? new Verified(
                        true,
                        Optional.of(intact.entries()),
                        Optional.of(intact.head()),
                        Optional.empty())
                    : new Verified(false, Optional.empty(), Optional.empty(), brokenAt(outcome)));
  }

  private static Optional<Long> brokenAt(VerifyAudit.Outcome outcome) {
    return outcome instanceof VerifyAudit.Outcome.Broken broken
        ? Optional.of(broken.number())
        : Optional.empty();
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text)).filter(number -> number > 0);
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  /** A page of entries. */
  @Schema(name = "AuditEntryList")
  record Entries(List<Shown> items, Optional<String> next, String total) {
    static Entries of(Page<AuditLog.Stored> page) {
      return new Entries(
          page.items(Shown::of), page.next(last -> Long.toString(last.number())), page.total());
    }
  }

  /** One entry. */
  @Schema(name = "AuditEntry")
  record Shown(
      long number,
      Instant at,
      String actor,
      String action,
      String subject,
      String detail,
      String hash) {
    static Shown of(AuditLog.Stored stored) {
      return new Shown(
          stored.number(),
          stored.entry().at(),
          stored.entry().actor(),
          stored.entry().action(),
          stored.entry().subject(),
          stored.entry().detail(),
          stored.hash());
    }
  }

  /** What the walk along the chain found. */
  @Schema(name = "AuditVerification")
  record Verified(
      boolean intact, Optional<Long> entries, Optional<String> head, Optional<Long> brokenAt) {}
}
