package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.util.Optional;

/** Keeps the audit entries; none is ever changed, or removed before its time. */
public interface AuditLog extends ChainLog {
  /**
   * Adds an entry in the transaction of the change: both are there or neither. Until that ends no
   * other entry is added, so it comes last in a transaction.
   */
  Uni<Void> append(AuditEntry entry);

  /**
   * Entries in the order of their numbers.
   *
   * @param subject only of this one
   */
  default Uni<Page<Stored>> list(Optional<String> subject, PageRequest<Long> request) {
    return list(AuditFilter.about(subject), request);
  }

  /** Those of a filter, in the order of their numbers. */
  Uni<Page<Stored>> list(AuditFilter filter, PageRequest<Long> request);

  /**
   * An entry in its place.
   *
   * @param number from 1, without gaps
   * @param hash see {@link AuditChain#next}
   */
  record Stored(long number, AuditEntry entry, String hash) {}

  /** The number and the hash of the last entry. */
  record Head(long number, String hash) {}
}
