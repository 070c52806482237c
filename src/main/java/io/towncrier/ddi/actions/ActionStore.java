package io.towncrier.ddi.actions;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Keeps the actions of each device, the last twenty. */
public interface ActionStore {
  /** How many of a device are kept. */
  int KEPT = 20;

  Uni<History> of(String deviceId);

  /**
   * Offers a release, in a transaction of its own. Of two polls at once one does, and both see it;
   * an action that has begun stays, and nothing is offered beside it.
   *
   * @return the action that is open now
   */
  Uni<Optional<Action>> offer(String deviceId, String version, Instant now);

  /** The device runs this release: an open action of it has worked, in a transaction of its own. */
  Uni<Void> installed(String deviceId, String version, Instant now);

  /** One action, locked with its device until the transaction ends. */
  Uni<Optional<Action>> lock(String deviceId, int number);

  /** What became of it; in the transaction that has locked it. */
  Uni<Void> save(String deviceId, Action action);
}
