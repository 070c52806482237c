package io.towncrier.devices.checks;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.SendFence;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Keeps what a device said of itself in a check, and that it was seen. */
@ApplicationScoped
class KeepFacts {
  private final DeviceStore store;
  private final NoteSeen seen;
  private final SendFence fence;
  private final Transactions transactions;
  private final InstantSource clock;

  KeepFacts(
      DeviceStore store,
      NoteSeen seen,
      SendFence fence,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.seen = seen;
    this.fence = fence;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Writes nothing of a device that was seen today and says what it said before. */
  Uni<Void> keep(CheckIns.CheckIn device, Device.Facts facts) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (facts.equals(device.facts())) {
      return today.isAfter(device.lastSeen())
          ? seen.note(device.id(), today)
          : Uni.createFrom().voidItem();
    }
    Uni<Void> kept = transactions.inTransaction(() -> store.updateFacts(device.id(), facts, today));
    // It may be quiet hours where the device is now: what was claimed before ends first.
    return facts.hasClocksOf(device.facts())
        ? kept
        : kept.chain(() -> fence.awaitNothingInFlight(device.id()));
  }
}
