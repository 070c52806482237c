package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the accounts that are cancelled, and what is left of the erased ones. */
public interface ErasureStore {
  /** In the transaction that cancels the account. */
  Uni<Void> add(Cancelled cancelled);

  /** What was cancelled of a person and is not erased, the newest first. */
  Uni<List<Restricted>> of(Indexes subjectIndex);

  /** The accounts of these, which nobody erases until the transaction ends. */
  Uni<List<String>> hold(Indexes subjectIndex);

  /**
   * The person is a minor: whatever was cancelled and is not erased has this deadline from now on,
   * unless it was a minor's before.
   */
  Uni<Void> hasten(Indexes subjectIndex, Deadline deadline);

  /** Nothing is in flight any more. */
  Uni<Void> acknowledge(String id);

  /** By the hash of its secret. */
  Uni<Optional<Receipt>> receipt(byte[] hash);

  /** What is due, the oldest first; locks nothing. */
  Uni<List<String>> due(Instant now, int limit);

  /** The account of what is due, locked until the transaction ends; empty when another has it. */
  Uni<Optional<String>> take(String id, Instant now);

  /** Forgets whose it was. */
  Uni<Void> erased(String id, Instant now);

  /** How many must have been erased by now, and are not. */
  Uni<Long> overdue(Instant now);

  /** Forgets erasures that were over before a moment; how many. */
  Uni<Integer> forget(Instant erasedBefore, int limit);

  /**
   * An account that is being cancelled.
   *
   * @param receiptHash SHA-256 of the receipt's secret
   * @param receipt the secret, sealed
   * @param waitsFor the account and its devices, whose pushes may still be in flight
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to be stored, never compared.
  record Cancelled(
      String id,
      People.Account account,
      byte[] subjectIndex,
      byte[] receiptHash,
      Sealed receipt,
      List<String> waitsFor,
      Ground ground,
      Instant at,
      Deadline deadline) {
    Restricted asRestricted() {
      return new Restricted(
          id, receipt, waitsFor, new Receipt(ground, at, deadline.by(), Optional.empty()));
    }
  }

  /** An account that is restricted. */
  record Restricted(String id, Sealed receipt, List<String> waitsFor, Receipt shown) {}
}
