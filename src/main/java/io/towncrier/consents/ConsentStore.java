package io.towncrier.consents;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the consents of devices and accounts. */
public interface ConsentStore {
  /** The latest acts of an owner, the newest first. */
  Uni<List<ConsentAct>> history(String owner, int limit);

  /** The latest act of each kind. */
  Uni<List<ConsentAct>> current(String owner);

  /** One change of this owner at a time, until the transaction ends; the latest act of a kind. */
  Uni<Optional<ConsentAct>> lock(String owner, ConsentAct.Kind kind);

  Uni<Void> add(String owner, ConsentAct act);

  /** How many acts of an owner there were since. */
  Uni<Long> countSince(String owner, Instant since);

  /** Devices that are linked to an account and kept here only by a consent that stands. */
  Uni<List<String>> crossingDevicesOf(String account, int limit);
}
