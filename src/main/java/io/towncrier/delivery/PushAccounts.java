package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.delivery.pacing.PushAccount;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps what those who push for one project know together. */
public interface PushAccounts {
  /** Locks the account until the transaction ends; a new one is made. */
  Uni<Known> lock(AccountId id, Limits limits);

  /** As lock, but never waits; empty while somebody else has it. */
  Uni<Optional<Known>> tryLock(AccountId id, Limits limits);

  /** As lock, without a lock; empty when nothing was pushed with it yet. */
  Uni<Optional<Known>> find(AccountId id);

  /** Replaces what was locked. */
  default Uni<Void> save(PushAccount account) {
    return save(account, new TreeMap<>());
  }

  /**
   * The same, and counts what the provider has accepted.
   *
   * @param accepted how many pushes, by notice
   */
  Uni<Void> save(PushAccount account, SortedMap<String, Long> accepted);

  /**
   * An account.
   *
   * @param now by the clock of the database, which all share
   */
  record Known(PushAccount account, Instant now) {}
}
