package io.towncrier.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which audit entries; what is left out lets all through.
 *
 * @param subject id of what was changed
 * @param actor subject of the operator, or system
 * @param action {@code notice.started}, or {@code notice} for all that was done to notices
 * @param from at this moment or later
 * @param to before this moment
 */
public record AuditFilter(
    Optional<String> subject,
    Optional<String> actor,
    Optional<String> action,
    Optional<Instant> from,
    Optional<Instant> to) {
  /** All that was done to one thing. */
  public static AuditFilter about(Optional<String> subject) {
    return new AuditFilter(
        subject, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
