package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.BlindIndex;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the account of a signed-in user, whose subject is kept sealed. */
@ApplicationScoped
public class Accounts {
  private static final String SUBJECT = "account-subject";

  private final AccountStore store;
  private final BlindIndex index;
  private final Vault vault;
  private final Transactions transactions;

  Accounts(AccountStore store, BlindIndex index, Vault vault, Transactions transactions) {
    this.store = store;
    this.index = index;
    this.vault = vault;
    this.transactions = transactions;
  }

  /** The account's id, {@code acc_...}; empty for somebody who has not changed anything yet. */
  public Uni<Optional<String>> find(Secret subject) {
    return store.find(index.all(SUBJECT, subject));
  }

  /** The account's id, {@code acc_...}; it is made when there is none. */
  public Uni<String> of(Secret subject) {
    Subject known = subject(subject);
    return transactions.inTransaction(() -> store.findOrCreate(known.index(), known.fresh().get()));
  }

  /** By what an account is found, and what is kept of it when it is made. */
  public Subject subject(Secret subject) {
    String id = Ids.next("acc");
    return new Subject(
        index.all(SUBJECT, subject),
        () ->
            new AccountStore.Fresh(
                id, vault.seal(subject, new Place("account", "subject_sealed", id))));
  }

  /**
   * A signed-in user.
   *
   * @param index keyed hashes of the subject
   * @param fresh the account to make when there is none; to be asked for only then
   */
  public record Subject(Indexes index, Supplier<AccountStore.Fresh> fresh) {}
}
