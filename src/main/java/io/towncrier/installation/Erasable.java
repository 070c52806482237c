package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** What can be erased, and is erased again after a restore; each feature implements it. */
public interface Erasable {
  /** A name that stays, as hashes in the ledger are made with it. */
  String kind();

  /** Ids behind one, in their order. */
  Uni<List<String>> ids(String after, int limit);

  /** Within the current transaction: everything that is kept of it goes. */
  Uni<Void> erase(String id);
}
