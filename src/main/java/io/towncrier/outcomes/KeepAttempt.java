package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.outcomes.state.OutcomeState;
import io.towncrier.outcomes.state.Step;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Locks and writes attempts. A device is busy with one release at a time: what begins with another
 * one ends the attempt before.
 */
@ApplicationScoped
class KeepAttempt {
  private final OutcomeStore store;
  private final PolicyStore policies;
  private final WatchAttempts watch;
  private final Transactions transactions;

  KeepAttempt(
      OutcomeStore store, PolicyStore policies, WatchAttempts watch, Transactions transactions) {
    this.store = store;
    this.policies = policies;
    this.watch = watch;
    this.transactions = transactions;
  }

  /**
   * Changes an attempt in a transaction of its own.
   *
   * @param decision what it becomes; empty when nothing changes
   * @return what it is now, if it was changed
   */
  Uni<Optional<Attempt>> changed(
      Attempt.Key key, Instant now, Function<Held, Optional<Attempt>> decision) {
    return changed(key, now, decision, null);
  }

  /**
   * The same by a report.
   *
   * @param network keyed hash of where it came from
   */
  Uni<Optional<Attempt>> changed(
      Attempt.Key key,
      Instant now,
      Function<Held, Optional<Attempt>> decision,
      byte @Nullable [] network) {
    return transactions
        .inTransaction(
            () ->
                lock(key, now)
                    .chain(
                        held -> {
                          Optional<Attempt> after = decision.apply(held);
                          return after.isEmpty()
                              ? Uni.createFrom().item(Optional.<OutcomeStore.Change>empty())
                              : save(held, after.get(), network, now).map(Optional::of);
                        }))
        .call(change -> change.map(watch::changed).orElseGet(Uni.createFrom()::voidItem))
        .map(change -> change.map(OutcomeStore.Change::after));
  }

  /** In the current transaction. */
  Uni<Held> lock(Attempt.Key key, Instant now) {
    return policies
        .of(key.release())
        .chain(policy -> store.lock(key, now).map(locked -> new Held(locked, policy)));
  }

  /**
   * Writes what an attempt has become.
   *
   * @param network of the report; null when none came
   */
  Uni<OutcomeStore.Change> save(Held held, Attempt after, byte @Nullable [] network, Instant now) {
    Attempt before = held.locked().attempt();
    Optional<Attempt> other = held.locked().other();
    boolean isBusy = other.filter(o -> o.state().isOpen()).isPresent();
    boolean takesOver = after.state().isOpen() || (before.state() == OutcomeState.NONE && !isBusy);
    boolean isCurrent = other.isEmpty() || takesOver;
    OutcomeStore.Change change =
        new OutcomeStore.Change(before, after, isCurrent, held.policy().timeOut(), network);
    Uni<Void> freed =
        other.isPresent() && takesOver
            ? leave(other.get(), held.policy(), now)
            : Uni.createFrom().voidItem();
    return freed.chain(() -> store.save(change)).replaceWith(change);
  }

  private Uni<Void> leave(Attempt other, OutcomePolicy policy, Instant now) {
    Attempt after =
        FollowUpdate.by(policy).superseded(other, now) instanceof Step.Changed changed
            ? changed.after()
            : other;
    return store.save(new OutcomeStore.Change(other, after, false, policy.timeOut(), null));
  }

  /** An attempt that is locked, and how it is judged. */
  record Held(OutcomeStore.Locked locked, OutcomePolicy policy) {}
}
