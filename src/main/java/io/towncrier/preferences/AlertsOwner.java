package io.towncrier.preferences;

import io.towncrier.devices.Accounts;
import io.towncrier.devices.DeviceKey;

/** Whose alerts are meant, by what is known of the owner before anything was read. */
public sealed interface AlertsOwner {
  /** A device id or an account id that was found before. */
  record Known(String id) implements AlertsOwner {}

  /** A device that signs in; what reads or changes its alerts compares its secret. */
  record OfDevice(DeviceKey key) implements AlertsOwner {}

  /** The account of a signed-in user, who has none before the first change. */
  record OfAccount(Accounts.Subject subject) implements AlertsOwner {}
}
