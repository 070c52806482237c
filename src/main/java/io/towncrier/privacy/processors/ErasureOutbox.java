package io.towncrier.privacy.processors;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/**
 * Keeps what processors are to delete. Entries are made in the transaction that removes a device or
 * cancels an account, by the feature that keeps the addresses.
 */
public interface ErasureOutbox {
  /**
   * Takes what is due, the longest due first.
   *
   * @param until nobody else tries these before that
   */
  Uni<List<ToErase>> take(Instant now, Instant until, int limit);

  /** The processor has confirmed: nothing of it is kept any more. */
  Uni<Void> done(String id);

  Uni<Void> tryAgain(String id, Instant at);

  /** How many were asked for before a moment, and are not confirmed; at most a thousand. */
  Uni<Long> askedBefore(Instant moment);
}
