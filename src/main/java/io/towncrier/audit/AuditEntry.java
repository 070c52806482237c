package io.towncrier.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One change that somebody made. It holds no personal data but the operator's subject.
 *
 * @param actor subject of the operator, or {@link #SYSTEM}
 * @param action what was done: {@code notice.started}
 * @param subject id of what it was done to
 * @param detail what else there is to say; may be empty
 * @param at kept to the millisecond
 */
public record AuditEntry(String actor, String action, String subject, String detail, Instant at) {
  /** What acts when nobody does: a schedule, or the end of the work. */
  public static final String SYSTEM = "system";

  public AuditEntry {
    if (actor.isEmpty() || action.isEmpty() || subject.isEmpty()) {
      throw new IllegalArgumentException("an audit entry says who did what to what");
    }
    // What is hashed must be what the database gives back.
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }
}
