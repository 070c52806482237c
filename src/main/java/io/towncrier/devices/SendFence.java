package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;

/**
 * The far side of the opt-out fence (docs/adr/0004): what a change that forbids pushes asks of
 * those who send them. An owner is a device id or an account id.
 */
public interface SendFence {
  /**
   * Within the transaction of the change: what waits for this owner is not sent any more.
   *
   * @param categories only of these; empty means all
   */
  Uni<Void> suppressPending(String owner, Optional<Set<String>> categories);

  /**
   * After the change was committed: done once no push that was claimed before it is still being
   * sent, at the latest when its lease has run out.
   */
  Uni<Void> awaitNothingInFlight(String owner);
}
