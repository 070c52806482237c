package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts of people and what hangs on them; {@code devices} implements it. */
public interface People {
  /** The keyed hash by which the account of a signed-in user is found. */
  Indexes indexOf(Secret subject);

  /** The account of a person, which nobody cancels until the transaction ends. */
  Uni<Optional<String>> hold(Indexes index);

  /** The account of a person, to which nobody links a device until the transaction ends. */
  Uni<Optional<Account>> lock(Indexes index);

  /**
   * In the same transaction: copies the account's opt-outs to its devices, drops their push
   * addresses unless they are linked to others as well, and removes the links and the account.
   *
   * @return the devices that were linked
   */
  Uni<List<String>> cutOff(String account);

  /** Ids of accounts behind one, in their order. */
  Uni<List<String>> ids(String after, int limit);

  /** After the commit: done once nothing that was claimed before is in flight. */
  Uni<Void> awaitNothingInFlight(String owner);

  /**
   * An account as it is kept.
   *
   * @param subject who signs in, sealed for this account
   */
  record Account(String id, Sealed subject, Instant since) {}
}
