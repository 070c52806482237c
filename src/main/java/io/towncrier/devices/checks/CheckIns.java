package io.towncrier.devices.checks;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Signs devices in to their checks. */
public interface CheckIns {
  /** All that a check needs, by one statement; empty when the secret is not the device's. */
  Uni<Optional<CheckIn>> signIn(DeviceKey key);

  /**
   * How many in-app notices the device has not shown yet.
   *
   * @param version that it runs now: what tells of it, or of an older one, is no news
   */
  Uni<Long> unread(CheckIn device, String version);

  /**
   * A device that checks.
   *
   * @param facts as it reported them before
   * @param lastSeen as it is stored
   * @param unread its unread in-app notices
   * @param attempt the update that it is busy with, or was last
   * @param kit version of the kit that its app has
   */
  record CheckIn(
      String id,
      String product,
      Device.Facts facts,
      LocalDate lastSeen,
      List<Unread> unread,
      Optional<LastAttempt> attempt,
      Optional<String> kit) {
    public CheckIn {
      unread = List.copyOf(unread);
    }

    /** Without a kit. */
    public CheckIn(
        String id,
        String product,
        Device.Facts facts,
        LocalDate lastSeen,
        List<Unread> unread,
        Optional<LastAttempt> attempt) {
      this(id, product, facts, lastSeen, unread, attempt, Optional.empty());
    }
  }

  /**
   * Unread notices that tell of the same.
   *
   * @param product that they tell of
   * @param update its version; empty when they tell of none for the device
   * @param installed where the update belongs; empty when that is the device itself
   */
  record Unread(
      Optional<String> product,
      Optional<String> update,
      Optional<String> installed,
      long notices) {}
}
