package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.pacing.SendBudget;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** Says how many pushes may go out now, to all who ask: from the budget that they share. */
@ApplicationScoped
class Pace {
  // A look through much that has nowhere else to go takes at most so large a part of the time.
  private static final int RESTS_FOR = 20;
  // Many, as each look goes once more through all that has nowhere else to go.
  static final int MOVED_AT_ONCE = 5_000;

  private final PushAccounts accounts;
  private final Outbox outbox;
  private final Transactions transactions;
  private final LongSupplier nanos;
  private final Map<String, Long> restsUntil = new ConcurrentHashMap<>();

  @Inject
  Pace(PushAccounts accounts, Outbox outbox, Transactions transactions) {
    this(accounts, outbox, transactions, System::nanoTime);
  }

  Pace(PushAccounts accounts, Outbox outbox, Transactions transactions, LongSupplier nanos) {
    this.accounts = accounts;
    this.outbox = outbox;
    this.transactions = transactions;
    this.nanos = nanos;
  }

  /**
   * Takes what is there for the next claim.
   *
   * @param route with the account and the limits of the provider
   * @param wanted at most so many
   * @param unused of the last time, given back
   * @param notice of this one only
   * @param urgentFirst whether what is urgent goes before the rest, and the rest waits for it
   */
  Uni<SendPermit> next(
      Route route, int wanted, int unused, Optional<String> notice, boolean urgentFirst) {
    // What a crash takes back of it is some tokens of the budget.
    return transactions.inLightTransaction(
        () ->
            (urgentFirst
                    ? outbox.mostUrgentDue(notice, route.label())
                    : Uni.createFrom().item(Optional.of(Outbox.Urgency.ORDINARY)))
                .chain(
                    due ->
                        due.isEmpty() && unused == 0
                            // A look that finds nothing writes nothing.
                            ? Uni.createFrom().item(new SendPermit.NothingDue())
                            : take(
                                route,
                                wanted,
                                unused,
                                due.filter(Outbox.Urgency.URGENT::equals).isPresent())));
  }

  private Uni<SendPermit> take(Route route, int wanted, int unused, boolean urgent) {
    return accounts
        .tryLock(route.account(), route.limits())
        .chain(
            known ->
                known.isEmpty()
                    ? Uni.createFrom().item(SendPermit.Busy.aMoment())
                    : save(decide(known.get(), wanted, unused, urgent, route.limits())));
  }

  /**
   * While a provider refuses everything, what waits for it goes to the next address of its device,
   * where the provider of that one takes something (docs/adr/0069).
   *
   * @return how many; there may be more
   */
  Uni<Integer> handOver(Route route) {
    long begun = nanos.getAsLong();
    boolean rests = restsUntil.getOrDefault(route.label(), begun) - begun > 0;
    return rests || route.others().isEmpty()
        ? Uni.createFrom().item(0)
        : transactions
            .inTransaction(
                () ->
                    open(route)
                        .chain(
                            open ->
                                open.isEmpty()
                                    ? Uni.createFrom().item(0)
                                    : outbox.handOver(route.label(), open, MOVED_AT_ONCE)))
            .onItem()
            .invoke(moved -> rest(route.label(), moved, begun))
            .onFailure()
            .invoke(failure -> rest(route.label(), 0, begun));
  }

  /** Behind a look through all. One that failed may have been too long. */
  private void rest(String label, int moved, long begun) {
    long now = nanos.getAsLong();
    if (moved < MOVED_AT_ONCE) {
      restsUntil.put(label, now + RESTS_FOR * (now - begun));
    }
  }

  /** Of the others those that take something, by whose addresses they reach. */
  private Uni<List<String>> open(Route route) {
    return Multi.createFrom()
        .iterable(route.others().entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            other ->
                accounts
                    .find(other.getValue())
                    .map(
                        known ->
                            known.map(Pace::works).orElse(true)
                                ? Optional.of(other.getKey())
                                : Optional.<String>empty()))
        .collect()
        .asList()
        .map(all -> all.stream().flatMap(Optional::stream).toList());
  }

  /** One that is only tried anew may refuse everything still. */
  private static boolean works(PushAccounts.Known known) {
    return known.account().breaker().state(known.now()) == Breaker.State.CLOSED;
  }

  /**
   * A turn for one challenge. Strangers cause them: they have a small budget of their own, are no
   * breaker's probe, and wait while nothing is sent.
   */
  Uni<SendPermit> challenge(AccountId account, Limits limits) {
    AccountId own = new AccountId(account.project() + "/challenges", account.credential());
    return transactions.inLightTransaction(
        () ->
            accounts
                .find(account)
                .chain(
                    all ->
                        all.flatMap(Pace::closed)
                            .map(closed -> Uni.createFrom().item(closed))
                            .orElseGet(
                                () ->
                                    accounts
                                        .lock(own, limits)
                                        .chain(known -> save(challenge(known, limits))))));
  }

  private Uni<SendPermit> save(Decided decided) {
    return accounts.save(decided.account).replaceWith(decided.turn);
  }

  /** Nothing is sent at present, of whatever kind; pure. */
  static Optional<SendPermit> closed(PushAccounts.Known known) {
    Breaker breaker = known.account().breaker();
    return breaker.state(known.now()) == Breaker.State.OPEN
        ? Optional.of(new SendPermit.Closed(breaker.because().orElse("")))
        : Optional.empty();
  }

  /** Pure. */
  static Decided challenge(PushAccounts.Known known, Limits limits) {
    SendBudget.Grant grant = known.account().budget().take(limits, known.now(), 1, false);
    return new Decided(
        known.account().with(grant.left()),
        grant.pushes() > 0
            ? new SendPermit.Go(1, false, Set.of(), Set.of())
            : new SendPermit.Wait(grant.pause()));
  }

  /** Pure. */
  static Decided decide(
      PushAccounts.Known known, int wanted, int unused, boolean urgent, Limits limits) {
    PushAccount account = known.account().with(known.account().budget().returned(unused));
    Instant now = known.now();
    Breaker.State state = account.breaker().state(now);
    if (state == Breaker.State.OPEN) {
      return new Decided(account, new SendPermit.Closed(account.breaker().because().orElse("")));
    }
    SendBudget.Grant grant =
        account.budget().take(limits, now, state == Breaker.State.PROBING ? 1 : wanted, urgent);
    SendPermit turn =
        grant.pushes() > 0
            ? new SendPermit.Go(
                grant.pushes(),
                urgent,
                account.products(Breaker.State.OPEN, now),
                account.products(Breaker.State.PROBING, now),
                state == Breaker.State.PROBING)
            : new SendPermit.Wait(grant.pause());
    PushAccount left = account.with(grant.left());
    return new Decided(turn instanceof SendPermit.Go ? left.probing(now) : left, turn);
  }

  record Decided(PushAccount account, SendPermit turn) {}

  /** Whose turn it is. */
  sealed interface SendPermit {
    /**
     * Pushes may go out.
     *
     * @param pushes at most so many
     * @param urgent only what is urgent
     * @param refusedProducts none to these
     * @param probedProducts at most one to each of these
     * @param probe whether it is the one push that shows if the provider answers again
     */
    record Go(
        int pushes,
        boolean urgent,
        Set<String> refusedProducts,
        Set<String> probedProducts,
        boolean probe)
        implements SendPermit {
      Go(int pushes, boolean urgent, Set<String> refusedProducts, Set<String> probedProducts) {
        this(pushes, urgent, refusedProducts, probedProducts, false);
      }
    }

    /** There is nothing that a turn would be of use for. */
    record NothingDue() implements SendPermit {}

    /** The budget is used up for the moment. */
    record Wait(Duration length) implements SendPermit {}

    /**
     * Somebody else has the account right now, and may be standing still: nobody waits for it.
     *
     * @param length after which to ask again, so that those who ask do not come together
     */
    record Busy(Duration length) implements SendPermit {
      private static final long LEAST_MILLIS = 5;
      private static final long MOST_MILLIS = 25;

      static SendPermit aMoment() {
        return new Busy(
            Duration.ofMillis(ThreadLocalRandom.current().nextLong(LEAST_MILLIS, MOST_MILLIS)));
      }
    }

    /** The provider refuses everything at present. */
    record Closed(String because) implements SendPermit {}
  }
}
