package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Uni;
import io.towncrier.installation.Erasable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Accounts of a restored database that were cancelled since its backup: restricted and erased at
 * once. One that was cancelled before the backup has no account any more; {@link EraseDue} erases
 * it when it is time.
 */
@ApplicationScoped
class ErasableAccounts implements Erasable {
  static final String KIND = "account";

  private final People people;
  private final RestrictAccount restrict;
  private final List<PersonalDataStore> stores;

  @Inject
  ErasableAccounts(
      People people, RestrictAccount restrict, @Any Instance<PersonalDataStore> stores) {
    this(people, restrict, stores.stream().toList());
  }

  ErasableAccounts(People people, RestrictAccount restrict, List<PersonalDataStore> stores) {
    this.people = people;
    this.restrict = restrict;
    this.stores = List.copyOf(stores);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Uni<List<String>> ids(String after, int limit) {
    return people.ids(after, limit);
  }

  @Override
  public Uni<Void> erase(String id) {
    Uni<Void> all = restrict.run(id).replaceWithVoid();
    for (PersonalDataStore store : stores) {
      all = all.chain(() -> store.erase(id));
    }
    return all;
  }
}
