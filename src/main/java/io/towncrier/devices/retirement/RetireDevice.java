package io.towncrier.devices.retirement;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceSecrets;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.SendFence;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Shuts a device out: its secret is worth nothing from the commit on, and once this has answered no
 * push goes to it any more. Without an address every later claim suppresses (docs/adr/0004).
 */
@ApplicationScoped
public class RetireDevice {
  private final DeviceStore store;
  private final DeviceSecrets secrets;
  private final SendFence fence;
  private final Instance<DeviceTraces> traces;
  private final Transactions transactions;
  private final InstantSource clock;

  RetireDevice(
      DeviceStore store,
      DeviceSecrets secrets,
      SendFence fence,
      @Any Instance<DeviceTraces> traces,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.secrets = secrets;
    this.fence = fence;
    this.traces = traces;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Revokes the secret and stops pushes; what the device was told stays. Whether there is one. */
  public Uni<Boolean> revoke(String deviceId) {
    return shutOut(deviceId, false);
  }

  /**
   * Deletes the device and everything that is kept of it. In two steps: a delivery that is being
   * sent must stay visible until it is over, or nobody could wait for it.
   */
  public Uni<Void> remove(String deviceId) {
    return shutOut(deviceId, true).chain(() -> delete(deviceId));
  }

  /** Ends removals that a crash has left half done; how many. */
  Uni<Integer> finishRemovals(Instant begunBefore, int limit) {
    return store
        .halfRemoved(begunBefore, limit)
        .chain(
            ids -> {
              Uni<Void> all = Uni.createFrom().voidItem();
              for (String id : ids) {
                all = all.chain(() -> fence.awaitNothingInFlight(id)).chain(() -> delete(id));
              }
              return all.replaceWith(ids.size());
            });
  }

  private Uni<Boolean> shutOut(String deviceId, boolean toRemove) {
    byte[] nobodys = secrets.unusable();
    Instant now = clock.instant();
    return transactions
        .inTransaction(() -> store.shutOut(deviceId, nobodys, now, toRemove))
        .call(() -> fence.awaitNothingInFlight(deviceId));
  }

  private Uni<Void> delete(String deviceId) {
    return transactions.inTransaction(
        () -> {
          Uni<Void> all = Uni.createFrom().voidItem();
          for (DeviceTraces trace : traces) {
            all = all.chain(() -> trace.remove(deviceId));
          }
          return all.chain(() -> store.delete(deviceId));
        });
  }
}
