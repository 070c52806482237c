package io.towncrier.devices;

import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a push reaches a device; only the sending adapter opens it.
 *
 * @param provider one of {@link #PROVIDERS}
 * @param kind what the value is to the provider
 * @param sealed the value
 * @param place to which it is sealed
 */
public record PushAddress(String provider, Kind kind, Sealed sealed, Place place) {
  /** The names of all providers whose addresses there can be. */
  public static final SortedSet<String> PROVIDERS =
      Arrays.stream(Kind.values())
          .map(Kind::provider)
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toCollection(TreeSet::new), Collections::unmodifiableSortedSet));

  /** Registration tokens are being replaced by Firebase installation ids. */
  public enum Kind {
    TOKEN("fcm"),
    FID("fcm"),
    /** A client id of Getui. */
    CID("getui");

    private final String provider;

    Kind(String provider) {
      this.provider = provider;
    }

    /** To which provider it is an address. */
    public String provider() {
      return provider;
    }
  }

  /**
   * The address of a device, from the columns in which it is stored.
   *
   * @param kind the name of a {@link Kind}
   */
  public static PushAddress stored(String deviceId, String provider, String kind, byte[] sealed) {
    return new PushAddress(provider, Kind.valueOf(kind), new Sealed(sealed), placeOf(deviceId));
  }

  /** For which the keyed hash of an address is made, by which its device is found. */
  public static String purposeOf(String provider) {
    return "push-address/" + provider;
  }

  public static Place placeOf(String deviceId) {
    return new Place("device", "push_sealed", deviceId);
  }
}
