package io.towncrier.audit.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.audit.VerifyAudit;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit log, for operators. */
@Path("/v1/admin/audit")
@Tag(name = "Operators")
@RolesAllowed(Roles.OPERATOR)
class AuditResource {
  private static final int PAGE = 100;

  private final AuditLog log;
  private final VerifyAudit verify;

  AuditResource(AuditLog log, VerifyAudit verify) {
    this.log = log;
    this.verify = verify;
  }

  @GET
  @Operation(summary = "Who changed what, newest first; before is the last number of a page")
  public Uni<Page> list(
      @QueryParam("before") @Nullable String before,
      @QueryParam("subject") @Nullable String subject) {
    InputReader input = new InputReader();
    Optional<Long> number =
        input.parsed("before", before, AuditResource::number, "must be a number of an entry");
    Optional<String> of = input.optionalText("subject", subject, 200);
    input.finish();
    return log.newest(number.map(OptionalLong::of).orElseGet(OptionalLong::empty), of, PAGE)
        .map(
            page ->
                new Page(
                    page.stream().map(Shown::of).toList(),
                    page.size() < PAGE
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).number())));
  }

  @GET
  @Path("/verification")
  @Operation(
      summary = "Whether every entry is the one that was written",
      description =
          "Keep head elsewhere now and then: a chain that was made anew as a whole has another.")
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
  record Page(List<Shown> entries, Optional<Long> before) {}

  /** One entry. */
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
  record Verified(
      boolean intact, Optional<Long> entries, Optional<String> head, Optional<Long> brokenAt) {}
}
