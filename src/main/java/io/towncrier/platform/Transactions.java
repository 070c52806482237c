package io.towncrier.platform;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Runs work in one database transaction that every store called inside takes part in. */
public interface Transactions {
  /** Commits when the work ends with an item, rolls back when it fails. */
  <T> Uni<T> inTransaction(Supplier<Uni<T>> work);
}
