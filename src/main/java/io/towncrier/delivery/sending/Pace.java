package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.pacing.SendBudget;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Says how many pushes may go out now, to all who ask: from the budget that they share. */
@ApplicationScoped
class Pace {
  private final PushAccounts accounts;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Limits limits;

  Pace(PushAccounts accounts, Outbox outbox, Transactions transactions, DeliveryConfig config) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.transactions = transactions;
    this.limits = config.limits();
  }

  /**
   * Takes what is there for the next claim.
   *
   * @param account of the provider
   * @param wanted at most so many
   * @param unused of the last time, given back
   * @param notice of this one only
   * @param urgentFirst whether what is urgent goes before the rest, and the rest waits for it
   */
  Uni<Turn> next(
      AccountId account, int wanted, int unused, Optional<String> notice, boolean urgentFirst) {
    // What a crash takes back of it is some tokens of the budget.
    return transactions.inLightTransaction(
        () ->
            (urgentFirst ? outbox.hasUrgentDue(notice) : Uni.createFrom().item(Boolean.FALSE))
                .chain(
                    urgent ->
                        accounts
                            .lock(account, limits)
                            .chain(
                                known -> {
                                  Decided decided = decide(known, wanted, unused, urgent, limits);
                                  return accounts.save(decided.account).replaceWith(decided.turn);
                                })));
  }

  /** A turn for one push that somebody waits for; it may take from what is kept for urgent ones. */
  Uni<Turn> one(AccountId account) {
    return transactions.inTransaction(
        () ->
            accounts
                .lock(account, limits)
                .chain(
                    known -> {
                      Decided decided = one(known, limits);
                      return accounts.save(decided.account).replaceWith(decided.turn);
                    }));
  }

  /** Pure; what is known of single products says nothing about it. */
  static Decided one(PushAccounts.Known known, Limits limits) {
    PushAccount account = known.account();
    Breaker.State state = account.breaker().state(known.now());
    if (state == Breaker.State.OPEN) {
      return new Decided(account, new Turn.Closed(account.breaker().because().orElse("")));
    }
    SendBudget.Grant grant = account.budget().take(limits, known.now(), 1, true);
    PushAccount left = account.with(grant.left());
    if (grant.pushes() == 0) {
      return new Decided(left, new Turn.Wait(grant.pause()));
    }
    return new Decided(
        state == Breaker.State.PROBING ? left.with(left.breaker().probing(known.now())) : left,
        new Turn.Go(1, true, Set.of(), Set.of()));
  }

  /** Pure. */
  static Decided decide(
      PushAccounts.Known known, int wanted, int unused, boolean urgent, Limits limits) {
    PushAccount account = known.account().with(known.account().budget().returned(unused));
    Instant now = known.now();
    Breaker.State state = account.breaker().state(now);
    if (state == Breaker.State.OPEN) {
      return new Decided(account, new Turn.Closed(account.breaker().because().orElse("")));
    }
    SendBudget.Grant grant =
        account.budget().take(limits, now, state == Breaker.State.PROBING ? 1 : wanted, urgent);
    Turn turn =
        grant.pushes() > 0
            ? new Turn.Go(
                grant.pushes(),
                urgent,
                account.products(Breaker.State.OPEN, now),
                account.products(Breaker.State.PROBING, now))
            : new Turn.Wait(grant.pause());
    PushAccount left = account.with(grant.left());
    return new Decided(turn instanceof Turn.Go ? left.probing(now) : left, turn);
  }

  record Decided(PushAccount account, Turn turn) {}

  /** Whose turn it is. */
  sealed interface Turn {
    /**
     * Pushes may go out.
     *
     * @param pushes at most so many
     * @param urgent only what is urgent
     * @param refusedProducts none to these
     * @param probedProducts at most one to each of these
     */
    record Go(int pushes, boolean urgent, Set<String> refusedProducts, Set<String> probedProducts)
        implements Turn {}

    /** The budget is used up for the moment. */
    record Wait(Duration length) implements Turn {}

    /** The provider refuses everything at present. */
    record Closed(String because) implements Turn {}
  }
}
