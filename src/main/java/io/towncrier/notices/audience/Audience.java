package io.towncrier.notices.audience;

import io.towncrier.devices.Device;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.version.VersionRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The registered devices that a notice addresses: those that meet every condition that is there. A
 * router is addressed on the phones of its accounts as well.
 *
 * @param products ids
 * @param versions that are installed, in the order of the one product
 * @param countries of the device
 * @param languages of the device; {@code zh} addresses {@code zh-TW} too, and so does {@code
 *     zh-Hant}
 * @param channels that the device follows itself
 * @param kind phones or routers
 * @param devices ids
 * @param accounts ids; devices that are linked to one of them
 * @param seenWithinDays of days (UTC) before today on which the device was last seen
 */
public record Audience(
    List<String> products,
    Optional<VersionRange> versions,
    List<CountryCode> countries,
    List<LanguageTag> languages,
    List<String> channels,
    Optional<Device.Kind> kind,
    List<String> devices,
    List<String> accounts,
    OptionalInt seenWithinDays) {
  /** Every registered device. */
  public static final Audience EVERYBODY = ofProducts(List.of());

  public Audience {
    products = List.copyOf(products);
    countries = List.copyOf(countries);
    languages = List.copyOf(languages);
    channels = List.copyOf(channels);
    devices = List.copyOf(devices);
    accounts = List.copyOf(accounts);
    if (versions.isPresent() && products.size() != 1) {
      throw new IllegalArgumentException("versions are ordered by one product");
    }
  }

  /** Every registered device of these products, or of all. */
  public static Audience ofProducts(List<String> products) {
    return new Audience(
        products,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        OptionalInt.empty());
  }
}
