package io.towncrier.devices.erasure;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.retirement.DeviceTraces;
import io.towncrier.installation.NoteErased;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A device that is deleted is in the ledger before the deletion is committed, or is not deleted.
 */
@ApplicationScoped
class NoteDevice implements DeviceTraces {
  private final NoteErased ledger;

  NoteDevice(NoteErased ledger) {
    this.ledger = ledger;
  }

  @Override
  public Uni<Void> remove(String deviceId) {
    return ledger.run(ErasableDevices.KIND, deviceId);
  }
}
