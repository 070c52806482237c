package io.towncrier.audit.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.Verifications;
import io.towncrier.audit.VerifyAudit.Outcome;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Findings of the daily look in PostgreSQL: two rows a chain at most. */
@ApplicationScoped
class PostgresVerifications implements Verifications {
  private static final String KEEP =
      """
      INSERT INTO audit_verification (chain, intact, at, behind, entries, head, signed, broken_at,
        made_anew_until, foreign_head)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (chain, intact) DO UPDATE
      SET at = excluded.at, behind = excluded.behind, entries = excluded.entries,
        head = excluded.head, signed = excluded.signed, broken_at = excluded.broken_at,
        made_anew_until = excluded.made_anew_until, foreign_head = excluded.foreign_head
      WHERE audit_verification.at <= excluded.at
      """;

  private static final String OF_CHAIN =
      """
      SELECT verification.at, verification.behind, verification.entries, verification.head,
        verification.signed, verification.broken_at, verification.made_anew_until,
        verification.foreign_head
      FROM audit_verification AS verification
      WHERE verification.chain = $1
      ORDER BY verification.at DESC
      """;

  private final Database database;

  PostgresVerifications(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> keep(String chain, Finding finding) {
    Values values = Values.of(finding.outcome());
    return database
        .update(
            KEEP,
            chain,
            finding.isIntact(),
            finding.at().atOffset(ZoneOffset.UTC),
            finding.behind(),
            values.entries(),
            values.head(),
            values.signed(),
            values.brokenAt(),
            values.madeAnewUntil(),
            values.foreignHead())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Finding>> of(String chain) {
    return database.rows(OF_CHAIN, PostgresVerifications::finding, chain);
  }

  private static Finding finding(Row row) {
    return new Finding(row.instant("at"), row.number("behind"), outcome(row));
  }

  private static Outcome outcome(Row row) {
    Optional<String> head = row.optionalText("head");
    if (head.isPresent()) {
      return new Outcome.Intact(row.number("entries"), head.get(), row.number("signed"));
    }
    Optional<Long> foreign = row.optionalNumber("foreign_head");
    if (foreign.isPresent()) {
      return new Outcome.ForeignHead(Math.toIntExact(foreign.get()));
    }
    long brokenAt = row.number("broken_at");
    return row.optionalNumber("made_anew_until")
        .map(until -> (Outcome) new Outcome.MadeAnew(brokenAt, until))
        .orElseGet(() -> new Outcome.Broken(brokenAt));
  }

  /** An outcome as columns. */
  private record Values(
      @Nullable Long entries,
      @Nullable String head,
      @Nullable Long signed,
      @Nullable Long brokenAt,
      @Nullable Long madeAnewUntil,
      @Nullable Integer foreignHead) {
    static Values of(Outcome outcome) {
      if (outcome instanceof Outcome.Intact intact) {
        return new Values(intact.entries(), intact.head(), intact.signed(), null, null, null);
      }
      if (outcome instanceof Outcome.Broken broken) {
        return new Values(null, null, null, broken.number(), null, null);
      }
      if (outcome instanceof Outcome.MadeAnew anew) {
        return new Values(null, null, null, anew.first(), anew.last(), null);
      }
      if (outcome instanceof Outcome.ForeignHead foreign) {
        return new Values(null, null, null, null, null, foreign.line());
      }
      throw new ForgottenCase(outcome);
    }
  }
}
