package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Keeps the devices. */
public interface DeviceStore {
  Uni<Void> add(Device device, Keyed keyed);

  Uni<Optional<Device>> find(String id);

  /** The keyed hash of a device's secret. */
  Uni<Optional<byte[]>> secretIndex(String id);

  Uni<Void> updateFacts(String id, Device.Facts facts, LocalDate seen);

  /**
   * Gives a device an address, and takes it from any other that had it.
   *
   * @param index keyed hash of the address
   * @return the devices that lost it
   */
  Uni<List<String>> moveAddress(String id, PushAddress address, byte[] index);

  Uni<Void> removeAddress(String id);

  /**
   * Removes an address that the provider does not know any more, unless it was changed meanwhile.
   *
   * @return whether it was still the same
   */
  Uni<Boolean> retireAddress(String id, PushAddress unregistered);

  Uni<Void> link(String id, String account);

  /** Does nothing to a device of another account. */
  Uni<Void> unlink(String id, String account);

  /** Locks the rows {@code FOR SHARE} until the transaction ends; unknown devices are left out. */
  Uni<List<PushTarget>> lockTargets(List<String> ids);

  /** What is kept of a device only as keyed hashes. */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to be stored, never compared.
  record Keyed(byte[] secret, Optional<byte[]> identifier, Optional<byte[]> ecv) {}
}
