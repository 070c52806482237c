package io.towncrier.devices;

import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;

/**
 * Where a push reaches a device; only the sending adapter opens it.
 *
 * @param provider such as {@code fcm}
 * @param kind what the value is to the provider
 * @param sealed the value
 * @param place to which it is sealed
 */
public record PushAddress(String provider, Kind kind, Sealed sealed, Place place) {
  /** Registration tokens are being replaced by Firebase installation ids. */
  public enum Kind {
    TOKEN,
    FID
  }

  public static Place placeOf(String deviceId) {
    return new Place("device", "push_sealed", deviceId);
  }
}
