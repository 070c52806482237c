package io.towncrier.releases.editing;

import io.towncrier.audit.AuditEntry;
import java.time.Instant;

/**
 * What an operator does to the catalogue, as the audit log tells it.
 *
 * @param actor subject of the operator
 * @param action {@code release.published}
 * @param detail what else there is to say; may be empty
 */
record AuditAction(String actor, String action, String detail) {
  AuditAction(String actor, String action) {
    this(actor, action, "");
  }

  /** With more to say. */
  AuditAction and(String more) {
    return new AuditAction(
        actor, action, detail.isEmpty() || more.isEmpty() ? detail + more : detail + "; " + more);
  }

  /**
   * Done.
   *
   * @param subject id of the release, the product or the snapshot
   */
  AuditEntry to(String subject, Instant at) {
    return new AuditEntry(actor, action, subject, detail, at);
  }
}
