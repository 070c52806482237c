package io.towncrier.platform;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Runs work in one database transaction that every store called inside takes part in. */
public interface Transactions {
  /** Commits when the work ends with an item, rolls back when it fails. */
  <T> Uni<T> inTransaction(Supplier<Uni<T>> work);

  /**
   * As above, for work that does no harm when it is lost: it is committed before it is safely
   * written, and nobody waits for the disk. A crash of the database can take back the last of it.
   */
  default <T> Uni<T> inLightTransaction(Supplier<Uni<T>> work) {
    return inTransaction(work);
  }

  /**
   * Runs work side by side with the caller's: what it does is no part of a transaction that the
   * caller has begun, and the other way round.
   */
  default <T> Uni<T> aside(Supplier<Uni<T>> work) {
    return Uni.createFrom().deferred(work::get);
  }
}
