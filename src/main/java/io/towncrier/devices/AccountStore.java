package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.Sealed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the accounts that users sign in to, and which devices are linked to them. */
public interface AccountStore {
  /** The id of the account of a subject, by its keyed hashes; writes nothing. */
  Uni<Optional<String>> find(Indexes index);

  /**
   * The id of the account of a subject; it is made at the first use.
   *
   * @param index keyed hashes of the subject
   * @param fresh the account to make when there is none
   */
  Uni<String> findOrCreate(Indexes index, Fresh fresh);

  /**
   * Links a device to an account, beside those that it has. Claims that hold the device wait, and
   * later ones see the link. A second time it changes nothing.
   *
   * @return whether there is such a device, and it is not revoked
   */
  Uni<Boolean> link(String deviceId, String account, LocalDate today);

  /** Whether the device was linked to this account; its links to others stay. */
  Uni<Boolean> unlink(String deviceId, String account);

  /** The devices of an account, those that were seen last first. */
  Uni<List<Linked>> devicesOf(String account, int limit);

  /** Of the devices of an account those that are linked to others as well. */
  Uni<Set<String>> sharedOf(String account);

  /**
   * By device of an account, that somebody registered its identifier anew with another ECV. Devices
   * of which nobody did are left out.
   */
  Uni<Map<String, OtherEcv>> otherEcvs(String account);

  /** Since when there is an account; empty when there is none. */
  Uni<Optional<Instant>> since(String account);

  /**
   * Somebody registered the identifier of a device anew, with another ECV.
   *
   * @param times how often since the device was linked to the account
   */
  record OtherEcv(Instant lastAt, long times) {}

  /** An account that does not exist yet. */
  record Fresh(String id, Sealed subject) {}

  /**
   * A device as its user may see it. Where it is and what it speaks is left out: somebody else may
   * carry it.
   *
   * @param linkedOn day (UTC); empty for links from before it was kept
   * @param productName what people call the product; empty when it is not in the catalogue
   */
  record Linked(
      String deviceId,
      Device.Kind kind,
      String product,
      String version,
      boolean hasPushAddress,
      LocalDate lastSeen,
      Optional<LocalDate> linkedOn,
      Optional<String> productName) {}
}
