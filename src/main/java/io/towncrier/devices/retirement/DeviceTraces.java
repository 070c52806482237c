package io.towncrier.devices.retirement;

import io.smallrye.mutiny.Uni;

/** What another feature keeps of a device by its id; each implements this for its own tables. */
public interface DeviceTraces {
  /** Within the transaction that deletes the device, before its own row goes. */
  Uni<Void> remove(String deviceId);
}
