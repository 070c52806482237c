package io.towncrier.platform;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An assigned ISO 3166-1 alpha-2 country code.
 *
 * @param value two upper-case letters
 */
public record CountryCode(String value) {
  private static final Set<String> ASSIGNED =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private static final Map<String, Optional<CountryCode>> PARSED =
      ASSIGNED.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  code -> code, code -> Optional.of(new CountryCode(code))));

  public CountryCode {
    if (!ASSIGNED.contains(value)) {
      throw new IllegalArgumentException("not an assigned ISO 3166-1 alpha-2 code");
    }
  }

  /** The country of a text in either case; empty when no such country is assigned. */
  public static Optional<CountryCode> parse(String text) {
    Optional<CountryCode> usual = PARSED.get(text);
    if (usual != null) {
      return usual;
    }
    // Upper-casing makes two letters of some single ones: a sharp s would be South Sudan (SS).
    if (text.length() != 2 || text.chars().anyMatch(c -> c > 127)) {
      return Optional.empty();
    }
    String upper = text.toUpperCase(Locale.ROOT);
    return ASSIGNED.contains(upper) ? Optional.of(new CountryCode(upper)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
