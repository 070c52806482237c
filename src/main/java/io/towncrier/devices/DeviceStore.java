package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.Indexes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps the devices. */
public interface DeviceStore {
  /**
   * Adds it; what an earlier registration of the same identifier has switched off is off for it.
   *
   * @param kit version of the kit that its app has
   */
  Uni<Void> add(Device device, Keyed keyed, Optional<String> kit);

  /**
   * Counts a registration, of all instances together.
   *
   * @return how long there is none left; empty when it was counted
   */
  Uni<Optional<Duration>> countRegistration(Instant now);

  Uni<Optional<Device>> find(String id);

  /** Devices that are linked to nobody and were not seen since that day. */
  Uni<List<String>> unlinkedSince(LocalDate lastSeen, int limit);

  /** The devices that are linked to an account, those that were seen last first. */
  Uni<List<Device>> ofAccount(String account, int limit);

  /** As find, for the device itself: empty when its secret is another one, too. */
  Uni<Optional<Device>> signIn(DeviceKey key);

  /** Whether there is a device with this secret. */
  Uni<Boolean> isKey(DeviceKey key);

  /**
   * Replaces the hash of the secret.
   *
   * @param shown of the secret that the caller proved to have, under each version of the keys
   * @return whether it still was the device's
   */
  Uni<Boolean> replaceSecret(String id, List<byte[]> shown, byte[] next);

  /**
   * The device has shown its secret: of a hash under a former version of the keys the one that is
   * written now takes the place.
   */
  Uni<Void> renewSecret(DeviceKey shown);

  /** Notes of devices that they were seen; one that is busy is left out, and noted another time. */
  Uni<Void> noteSeen(Collection<String> ids, LocalDate day);

  /** Writes which version of the kit the device's app has. */
  Uni<Void> keepKit(String id, Optional<String> kit);

  Uni<Void> updateFacts(String id, Device.Facts facts, LocalDate seen);

  /**
   * As updateFacts, if nothing was changed since.
   *
   * @param expected the revision that the caller saw
   * @return whether it still was the device's
   */
  Uni<Boolean> changeFacts(String id, int expected, Device.Facts facts, LocalDate seen);

  /**
   * Takes the secret and the push address away for good.
   *
   * @param nobodys keyed hash of a secret that nobody was shown
   * @param toRemove whether it is to be deleted once nothing is sent to it any more
   * @return whether there is such a device
   */
  Uni<Boolean> shutOut(String id, byte[] nobodys, Instant now, boolean toRemove);

  /** Ids of devices behind one, in their order. */
  Uni<List<String>> ids(String after, int limit);

  /** Deletes a device, and what it alone refers to. */
  Uni<Void> delete(String id);

  /** Devices whose removal began before and has not come to its end. */
  Uni<List<String>> halfRemoved(Instant before, int limit);

  /**
   * Removes an address that the provider does not know any more, unless it was changed meanwhile.
   *
   * @return whether it was still the same
   */
  Uni<Boolean> retireAddress(String id, PushAddress unregistered);

  /**
   * As retireAddress, unless the device was seen since.
   *
   * @param unseenSince the day before which it must have been seen last
   */
  Uni<Boolean> retireIdleAddress(String id, PushAddress idle, LocalDate unseenSince);

  /**
   * Locks the rows {@code FOR SHARE} until the transaction ends, and with them their links: no
   * device is linked or unlinked meanwhile. Unknown devices are left out.
   */
  Uni<List<PushTarget>> lockTargets(List<String> ids);

  /** What is kept of a device only as keyed hashes. */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to be stored, never compared.
  record Keyed(byte[] secret, Optional<Indexes> identifier, Optional<Indexes> ecv) {}
}
