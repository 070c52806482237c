package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog.Head;
import io.towncrier.audit.AuditLog.Stored;
import java.time.Instant;
import java.util.List;

/** Reads a chain of entries, and shortens it at its beginning. */
public interface ChainLog {
  /** The chain of what was changed. */
  String CHANGES = "changes";

  /** The chain of who looked at one person's data. */
  String READS = "reads";

  /** The name of the chain, as signed heads and answers have it. */
  String chain();

  /** In their order, those with higher numbers than this one. */
  Uni<List<Stored>> behind(long number, int limit);

  /** Where the chain ends. */
  Uni<Head> head();

  /** What stands before the first entry that is kept: number 0, or the head of what was removed. */
  Uni<Head> start();

  /** Whether one of its first entries was written before a moment. */
  Uni<Boolean> hasBefore(Instant moment);

  /**
   * Lets the chain begin behind the last of these heads that fits to it; nothing is removed yet.
   *
   * @param heads that were signed; one may stand for what a restored backup has lost
   * @param moment the entry at the head must be older than this, too. A clock that was behind may
   *     have signed a young head with an old time: that is no reason to remove young entries
   */
  Uni<Void> beginBehind(List<Head> heads, Instant moment);

  /**
   * Removes entries from before the start.
   *
   * @return how many, at most the limit
   */
  Uni<Integer> removeBeforeStart(int limit);
}
