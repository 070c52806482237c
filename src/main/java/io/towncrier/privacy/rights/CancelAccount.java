package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.Vault;
import io.towncrier.privacy.retention.RetentionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Restricts an account at once: once this has answered, no push goes out for it and nothing is
 * processed; {@link EraseDue} erases it later (docs/adr/0043). Cancelling again gives the same
 * receipt.
 */
@ApplicationScoped
public class CancelAccount {
  private final People people;
  private final ErasureStore erasures;
  private final RestrictAccount restrict;
  private final Vault vault;
  private final Transactions transactions;
  private final Terms terms;

  CancelAccount(
      People people,
      ErasureStore erasures,
      RestrictAccount restrict,
      Vault vault,
      Transactions transactions,
      Terms terms) {
    this.people = people;
    this.erasures = erasures;
    this.restrict = restrict;
    this.vault = vault;
    this.transactions = transactions;
    this.terms = terms;
  }

  /** Cancels the account of a person. */
  public Uni<Outcome> run(Secret subject, Ground ground) {
    return run(subject, ground, id -> Uni.createFrom().voidItem());
  }

  /**
   * Cancels the account of a person, and does something else in the same transaction: both are
   * there or neither.
   *
   * @param beside gets the id of the cancellation, the same when it comes again; not asked where
   *     nothing is kept
   */
  public Uni<Outcome> run(Secret subject, Ground ground, Function<String, Uni<Void>> beside) {
    Indexes index = people.indexOf(subject);
    Instant now = terms.clock().instant();
    return transactions
        .inTransaction(() -> restrict(index, ground, now, beside))
        .chain(
            restricted ->
                restricted.isEmpty()
                    ? Uni.createFrom().item(new Outcome.Unknown())
                    : acknowledge(restricted.get()));
  }

  private Uni<Optional<ErasureStore.Restricted>> restrict(
      Indexes index, Ground ground, Instant now, Function<String, Uni<Void>> beside) {
    return people
        .lock(index)
        .call(() -> hasten(index, ground, now))
        .chain(
            account ->
                account.isPresent()
                    ? cancel(account.get(), index, ground, now, beside)
                    : cancelledBefore(index, beside));
  }

  private Uni<Optional<ErasureStore.Restricted>> cancelledBefore(
      Indexes index, Function<String, Uni<Void>> beside) {
    return erasures
        .of(index)
        .map(known -> known.stream().findFirst())
        .call(
            first ->
                first.isPresent() ? beside.apply(first.get().id()) : Uni.createFrom().voidItem());
  }

  /** Of a minor nothing waits, whatever it was cancelled for. */
  private Uni<Void> hasten(Indexes index, Ground ground, Instant now) {
    return ground == Ground.MINOR
        ? erasures.hasten(index, terms.deadline(now, ground))
        : Uni.createFrom().voidItem();
  }

  private Uni<Optional<ErasureStore.Restricted>> cancel(
      People.Account account,
      Indexes index,
      Ground ground,
      Instant now,
      Function<String, Uni<Void>> beside) {
    String id = Ids.next("era");
    Secret secret = ReceiptSecret.next();
    Sealed receipt = vault.seal(secret, ReceiptSecret.placeOf(id));
    Deadline deadline = terms.deadline(now, ground);
    return restrict
        .run(account.id())
        .map(
            devices ->
                new ErasureStore.Cancelled(
                    id,
                    account,
                    index.written(),
                    ReceiptSecret.hash(secret),
                    receipt,
                    owners(account.id(), devices),
                    ground,
                    now,
                    deadline))
        .call(erasures::add)
        .call(() -> beside.apply(id))
        .call(() -> restrict.note(account.id()))
        .map(cancelled -> Optional.of(cancelled.asRestricted()));
  }

  /** A request that was stored and not in force comes again, and goes on waiting. */
  private Uni<Outcome> acknowledge(ErasureStore.Restricted restricted) {
    Uni<Void> waited = Uni.createFrom().voidItem();
    for (String owner : restricted.waitsFor()) {
      waited = waited.chain(() -> people.awaitNothingInFlight(owner));
    }
    Secret secret = vault.open(restricted.receipt(), ReceiptSecret.placeOf(restricted.id()));
    return waited
        .chain(
            () ->
                restricted.waitsFor().isEmpty()
                    ? Uni.createFrom().voidItem()
                    : erasures.acknowledge(restricted.id()))
        .replaceWith(new Outcome.Cancelled(restricted.id(), secret, restricted.shown()));
  }

  private static List<String> owners(String account, List<String> devices) {
    List<String> owners = new ArrayList<>(devices);
    owners.add(account);
    return owners;
  }

  /** What became of a cancellation. */
  public sealed interface Outcome {
    /**
     * The account is restricted, by this call or an earlier one.
     *
     * @param id of the cancellation
     * @param secret of the receipt, 32 hexadecimal digits
     */
    record Cancelled(String id, Secret secret, Receipt receipt) implements Outcome {}

    /** Nothing is kept of this person. */
    record Unknown() implements Outcome {}
  }

  /** By which clock and which backups deadlines are set. */
  @ApplicationScoped
  static class Terms {
    private final InstantSource clock;
    private final Duration backups;

    Terms(InstantSource clock, RetentionPolicy policy) {
      this.clock = clock;
      this.backups = policy.backups();
    }

    InstantSource clock() {
      return clock;
    }

    Deadline deadline(Instant now, Ground ground) {
      return Deadline.of(now, ground, backups);
    }
  }
}
