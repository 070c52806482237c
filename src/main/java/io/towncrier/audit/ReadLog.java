package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.util.Optional;

/**
 * Keeps who looked at one person's data: a chain of its own, so that no change waits for a read
 * (docs/adr/0044).
 */
public interface ReadLog extends ChainLog {
  /** Notes a read that is about to happen. It takes no lock for which anybody waits. */
  Uni<Void> note(AuditEntry entry);

  /**
   * Moves notes to the end of the chain, in one transaction.
   *
   * @return how many, at most the limit
   */
  Uni<Integer> chain(int limit);

  /**
   * Entries of the chain in the order of their numbers.
   *
   * @param subject only of this one
   */
  Uni<Page<AuditLog.Stored>> list(Optional<String> subject, PageRequest<Long> request);
}
