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

  /** As if it had not been taken: this was no try. */
  Uni<Void> notTried(String id, Instant at);

  /**
   * It does not open: from now on no rotation of the keys waits for it. It is tried again all the
   * same, as the key may come back.
   *
   * @param since kept of the first time
   */
  Uni<Void> setAside(String id, Instant since, Instant at);

  /** How many are set aside; at most a thousand. */
  Uni<Long> setAside();

  /** How many were asked for before a moment, and are not confirmed; at most a thousand. */
  Uni<Long> askedBefore(Instant moment);
}
