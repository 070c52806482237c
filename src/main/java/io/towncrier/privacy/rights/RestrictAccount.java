package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Uni;
import io.towncrier.installation.NoteErased;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;

/** Ends at once what is done for an account; within a transaction. */
@ApplicationScoped
class RestrictAccount {
  private final People people;
  private final List<PersonalDataStore> stores;
  private final NoteErased ledger;

  @Inject
  RestrictAccount(People people, @Any Instance<PersonalDataStore> stores, NoteErased ledger) {
    this(people, stores.stream().toList(), ledger);
  }

  RestrictAccount(People people, List<PersonalDataStore> stores, NoteErased ledger) {
    this.people = people;
    this.stores = List.copyOf(stores);
    this.ledger = ledger;
  }

  /**
   * No push and no processing any more, once the transaction is committed.
   *
   * @return the devices that were linked
   */
  Uni<List<String>> run(String account) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (PersonalDataStore store : stores) {
      all = all.chain(() -> store.restrict(account));
    }
    return all.chain(() -> people.cutOff(account));
  }

  /**
   * Notes in the ledger that it is cancelled: from a backup of before it would come back
   * (docs/adr/0049). The last act before the commit, since a note that outlives its transaction
   * would let a restore erase an account that is in use.
   */
  Uni<Void> note(String account) {
    return ledger.run(ErasableAccounts.KIND, account);
  }
}
