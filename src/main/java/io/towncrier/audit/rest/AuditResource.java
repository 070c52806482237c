package io.towncrier.audit.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditFilter;
import io.towncrier.audit.AuditLog;
import io.towncrier.audit.VerifyAudit;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.rest.Paging;
import io.towncrier.platform.time.Moments;
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
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class AuditResource {
  private static final Paging PAGING = new Paging("number", true);

  private final AuditLog log;
  private final VerifyAudit verify;

  AuditResource(AuditLog log, VerifyAudit verify) {
    this.log = log;
    this.verify = verify;
  }

  @GET
  @Operation(operationId = "listAuditEntries", summary = "List audit log entries, the newest first")
  public Uni<Entries> list(
      @QueryParam("subject") @Nullable String subject,
      @QueryParam("actor") @Nullable String actor,
      @QueryParam("action") @Nullable String action,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("sort") @Nullable String sort) {
    InputReader input = new InputReader();
    AuditFilter filter =
        new AuditFilter(
            input.optionalText("subject", InputReader.withPlus(subject), 200),
            input.optionalText("actor", actor, 200),
            input.optionalText("action", action, 100),
            Moments.read(input, "from", from),
            Moments.read(input, "to", to));
    PageRequest<Long> request = PAGING.read(input, limit, after, sort, AuditResource::number);
    input.finish();
    return log.list(filter, request).map(Entries::of);
  }

  @GET
  @Path("/verification")
  @Operation(
      operationId = "verifyAudit",
      summary = "Verify that the audit chain is intact",
      description =
          "It passes the heads that were signed off outside of the database, one a day. brokenAt is"
              + " the first entry that is missing or another one; with madeAnewUntil the hashes fit,"
              + " and the signed head of that entry does not: one of those in between was altered."
              + " foreignHead is a line among the signed heads that no key of ours has signed.")
  public Uni<Verified> verification() {
    return verify.run(log).map(Verified::of);
  }

  static Optional<Long> number(String text) {
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

  /** What the walk along a chain found. */
  @Schema(name = "AuditVerification")
  record Verified(
      boolean intact,
      Optional<Long> entries,
      Optional<String> head,
      Optional<Long> signed,
      Optional<Long> brokenAt,
      Optional<Long> madeAnewUntil,
      Optional<Integer> foreignHead) {
    static Verified of(VerifyAudit.Outcome outcome) {
      if (outcome instanceof VerifyAudit.Outcome.Intact intact) {
        return new Verified(
            true,
            Optional.of(intact.entries()),
            Optional.of(intact.head()),
            Optional.of(intact.signed()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
      }
      if (outcome instanceof VerifyAudit.Outcome.Broken broken) {
        return broken(Optional.of(broken.number()), Optional.empty(), Optional.empty());
      }
      if (outcome instanceof VerifyAudit.Outcome.MadeAnew anew) {
        return broken(Optional.of(anew.first()), Optional.of(anew.last()), Optional.empty());
      }
      if (outcome instanceof VerifyAudit.Outcome.ForeignHead foreign) {
        return broken(Optional.empty(), Optional.empty(), Optional.of(foreign.line()));
      }
      throw new ForgottenCase(outcome);
    }

    private static Verified broken(
        Optional<Long> first, Optional<Long> until, Optional<Integer> foreign) {
      return new Verified(
          false, Optional.empty(), Optional.empty(), Optional.empty(), first, until, foreign);
    }
  }
}
