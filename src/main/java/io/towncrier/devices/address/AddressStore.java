package io.towncrier.devices.address;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.privacy.Indexes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Keeps the push addresses: those that a device is reached at, and those that wait for proof. */
public interface AddressStore {
  /**
   * Until the transaction ends, one change at a time for an address; before any device is locked.
   *
   * @param index keyed hashes of the address
   */
  Uni<Void> lockAddress(Indexes index);

  /** Locks a device and tells its addresses; empty when it is revoked or gone. */
  Uni<Optional<AddressOrder>> lock(String deviceId);

  /** Writes the addresses of a device that is locked; the first is the one that is tried first. */
  Uni<Void> write(String deviceId, AddressOrder order);

  /** What waits for proof is void: of one provider, or of all. */
  Uni<Void> voidProofs(String deviceId, Optional<String> provider);

  /**
   * Notes an address that waits for proof; what waited before in its place is void from now on.
   *
   * @param lease for how long its challenge counts as being pushed
   */
  Uni<Void> propose(Proof proof, Duration lease);

  /** A challenge is not being pushed any more. */
  Uni<Void> challengeEnded(String proofId);

  /** An address that cannot be proved. */
  Uni<Void> withdraw(String proofId);

  /**
   * Uses up one try of each address that waits for proof, and locks all who might lose by it; none
   * when nothing waits, or its time or tries are over. Fails when this process does not know the
   * versions of the keys as they are: it might miss who has the address.
   */
  Uni<List<Proof>> takeTry(String deviceId, Instant now);

  /**
   * Makes a proved address the device's, in the place that it wants, and takes it from any other
   * that had it; an earlier registration of the same identifier and environmental characteristic
   * value loses its own. The proof is kept for an hour.
   *
   * @return the devices that lost theirs
   */
  Uni<List<String>> move(Proof proof, Instant now);

  /** What the addresses that the device has now were proved with, within the last hour. */
  Uni<List<Moved>> provedBefore(String deviceId, Instant now);

  /** Takes all addresses away, and what waits for proof. */
  Uni<Void> remove(String deviceId);

  /**
   * Removes addresses of devices that were last seen on that day or before.
   *
   * @return how many, at most the limit
   */
  Uni<Integer> prune(LocalDate lastSeen, int limit);

  /**
   * Drops what was not proved in time, and counts that are of no use any more; how many, at most
   * the limit.
   */
  Uni<Integer> dropExpired(Instant now, int limit);

  /**
   * A proof that has counted.
   *
   * @param challenge keyed hash of what was pushed
   * @param losers the devices that lost their address with it
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by a keyed hash, in constant time.
  record Moved(byte[] challenge, List<String> losers) {}

  /**
   * An address that waits for proof.
   *
   * @param id {@code chl_...}
   * @param address sealed for where it goes once it is proved
   * @param index keyed hashes of the address
   * @param challenge keyed hash of what was pushed to it
   * @param triesLeft how many more echoes are looked at
   * @param preference the place that it wants among the addresses of the device, from 1 on; empty
   *     for that of the first, which it replaces
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to be stored, never compared.
  record Proof(
      String id,
      String deviceId,
      PushAddress address,
      Indexes index,
      byte[] challenge,
      Instant expiresAt,
      int triesLeft,
      Optional<Integer> preference) {
    Proof wanting(Optional<Integer> place) {
      return new Proof(id, deviceId, address, index, challenge, expiresAt, triesLeft, place);
    }

    /** Of which providers an earlier proof is void by this one; empty for all. */
    public Optional<String> replaces() {
      return preference.map(place -> address.provider());
    }

    /** As the device has it once it is proved. */
    public AddressOrder.Held proved(LocalDate today) {
      return new AddressOrder.Held(address, index.written(), Optional.of(today));
    }
  }
}
