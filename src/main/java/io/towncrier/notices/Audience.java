package io.towncrier.notices;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LanguageTag;
import java.util.List;

/**
 * The registered devices that a notice addresses: those that match every list that is not empty.
 *
 * @param products ids
 * @param countries of the device
 * @param languages of the device; {@code zh} addresses {@code zh-Hant} too
 */
public record Audience(
    List<String> products, List<CountryCode> countries, List<LanguageTag> languages) {
  public Audience {
    products = List.copyOf(products);
    countries = List.copyOf(countries);
    languages = List.copyOf(languages);
  }
}
