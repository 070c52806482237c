package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Keeps what the daily look at each chain has found, the last time (docs/adr/0046). */
public interface Verifications {
  /** Keeps a finding in place of an older one: of one that was intact, or of one that was not. */
  Uni<Void> keep(String chain, Finding finding);

  /** The last that was intact and the last that was not, as far as there are any; newest first. */
  Uni<List<Finding>> of(String chain);

  /**
   * What one look found.
   *
   * @param at kept to the millisecond
   * @param behind the number of the entry behind which it began; 0: at the first that is kept
   */
  record Finding(Instant at, long behind, VerifyAudit.Outcome outcome) {
    public Finding {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    public boolean isIntact() {
      return outcome instanceof VerifyAudit.Outcome.Intact;
    }
  }
}
