package io.towncrier.platform;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An assigned ISO 3166-1 alpha-2 country code.
 *
 * @param value two upper-case letters
 */
public record CountryCode(String value) {
  /** More than there are countries, less one: numbers fit into four words of bits. */
  public static final int MAX_NUMBER = 255;

  private static final int LETTERS = 26;

  private static final Set<String> ASSIGNED =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private static final Map<String, Optional<CountryCode>> PARSED =
      ASSIGNED.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  code -> code, code -> Optional.of(new CountryCode(code))));

  // By both letters: looked up for each check.
  private static final byte[] NUMBERS = numbers();

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

  private static byte[] numbers() {
    byte[] numbers = new byte[LETTERS * LETTERS];
    int next = 0;
    for (String code : new TreeSet<>(ASSIGNED)) {
      if (next > MAX_NUMBER) {
        throw new IllegalStateException("there are more countries than numbers");
      }
      numbers[letters(code)] = (byte) next++;
    }
    return numbers;
  }

  private static int letters(String code) {
    return (code.charAt(0) - 'A') * LETTERS + code.charAt(1) - 'A';
  }

  /** From 0 to {@link #MAX_NUMBER}, another one for each country; only while this process runs. */
  public int number() {
    return Byte.toUnsignedInt(NUMBERS[letters(value)]);
  }

  @Override
  public String toString() {
    return value;
  }
}
