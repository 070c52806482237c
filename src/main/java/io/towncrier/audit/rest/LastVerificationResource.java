package io.towncrier.audit.rest;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.ChainLog;
import io.towncrier.audit.HeadBook;
import io.towncrier.audit.SignedHead;
import io.towncrier.audit.Verifications;
import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the daily job has found of the chains, for operators. */
@Path("/v1/admin/audit/last-verification")
@Tag(name = "Operators")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
class LastVerificationResource {
  private final Verifications verifications;
  private final HeadBook heads;

  LastVerificationResource(Verifications verifications, HeadBook heads) {
    this.verifications = verifications;
    this.heads = heads;
  }

  @GET
  @Operation(
      operationId = "getLastAuditVerification",
      summary = "Get what the daily job has found of the audit chains",
      description =
          "The job looks at what came since the head of the day before, and signs off a head. last"
              + " is its last look; lastBroken is the last one that found something, which stays"
              + " here for good. signedHead is read where the heads are kept, outside of the"
              + " database. A verification of everything is GET /v1/admin/audit/verification.")
  public Uni<Looks> last() {
    return looks(ChainLog.CHANGES)
        .chain(changes -> looks(ChainLog.READS).map(reads -> new Looks(List.of(changes, reads))));
  }

  private Uni<Chain> looks(String chain) {
    return verifications
        .of(chain)
        .chain(found -> heads.of(chain).map(book -> Chain.of(chain, found, book.last())));
  }

  /** Of both chains. */
  @Schema(name = "LastAuditVerification")
  record Looks(List<Chain> chains) {}

  /** Of one chain; what is left out did not happen yet. */
  @Schema(name = "VerifiedAuditChain")
  record Chain(
      String chain, Optional<Found> last, Optional<Found> lastBroken, Optional<Head> signedHead) {
    static Chain of(
        String chain, List<Verifications.Finding> found, Optional<SignedHead> signedHead) {
      return new Chain(
          chain,
          found.stream().findFirst().map(Found::of),
          found.stream().filter(finding -> !finding.isIntact()).findFirst().map(Found::of),
          signedHead.map(Head::of));
    }
  }

  /** One look of the job. */
  @Schema(name = "AuditLook")
  record Found(Instant at, long behind, AuditResource.Verified verification) {
    static Found of(Verifications.Finding finding) {
      return new Found(
          finding.at(), finding.behind(), AuditResource.Verified.of(finding.outcome()));
    }
  }

  /** Where a chain ended when its head was signed off. */
  @Schema(name = "SignedAuditHead")
  record Head(long number, String hash, Instant at) {
    static Head of(SignedHead head) {
      return new Head(head.head().number(), head.head().hash(), head.at());
    }
  }
}
