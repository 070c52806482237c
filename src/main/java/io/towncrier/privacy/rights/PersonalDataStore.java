package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a feature keeps of people; each feature that keeps something implements this for its own
 * tables, so that export and erasure reach all of them.
 */
public interface PersonalDataStore {
  /** How many rows of one table an export has at most. */
  int MOST_ROWS = 10_000;

  /** Its tables of which a person may see something; together those of the list of all columns. */
  Set<String> tables();

  /**
   * In the current transaction: what is kept of an account, as JSON objects by table. Their members
   * are the columns that the list of all columns gives to the person.
   */
  Uni<Map<String, List<String>>> export(String account);

  /**
   * In the transaction that cancels the account, while its devices are still linked: what is to end
   * at once.
   */
  default Uni<Void> restrict(String account) {
    return Uni.createFrom().voidItem();
  }

  /** In the transaction that erases the account: removes all that is left of it. */
  Uni<Void> erase(String account);
}
