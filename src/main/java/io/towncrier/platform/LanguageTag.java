package io.towncrier.platform;

import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A BCP 47 language tag in canonical case, whose language is one that exists.
 *
 * @param value such as {@code zh-Hant-HK}; at most 35 characters, RFC 5646 section 4.4.1
 */
public record LanguageTag(String value) {
  private static final int MAX_LENGTH = 35;

  // ISO 639-1, and what CLDR adds to it with three letters (fil, yue, haw ..).
  private static final Set<String> LANGUAGES =
      Stream.concat(
              Arrays.stream(Locale.getISOLanguages()),
              Arrays.stream(Locale.getAvailableLocales()).map(Locale::getLanguage))
          .filter(language -> !language.isEmpty())
          .collect(Collectors.toUnmodifiableSet());

  // What clients send nearly always. Locale takes microseconds, and a check asks for several.
  private static final Set<String> USUAL =
      Arrays.stream(Locale.getAvailableLocales())
          .map(Locale::toLanguageTag)
          .filter(tag -> workedOut(tag).filter(tag::equals).isPresent())
          .collect(Collectors.toUnmodifiableSet());

  private static final Map<String, Usual> KNOWN =
      USUAL.stream().collect(Collectors.toUnmodifiableMap(tag -> tag, Usual::of));

  public LanguageTag {
    if (canonical(value).filter(value::equals).isEmpty()) {
      throw new IllegalArgumentException("not a known BCP 47 language tag in canonical form");
    }
  }

  /** The language of a text in any case; empty when it is malformed or no such language exists. */
  public static Optional<LanguageTag> parse(String text) {
    Usual usual = KNOWN.get(text);
    return usual != null ? usual.tag() : workedOut(text).map(LanguageTag::new);
  }

  /**
   * The next tag of the RFC 4647 lookup chain: {@code zh-Hant-HK}, {@code zh-Hant}, {@code zh};
   * empty after the last.
   */
  public Optional<LanguageTag> broader() {
    Usual usual = KNOWN.get(value);
    return usual != null ? usual.broader() : cutShort();
  }

  private Optional<LanguageTag> cutShort() {
    int cut = value.lastIndexOf('-');
    if (cut < 0) {
      return Optional.empty();
    }
    // RFC 4647 section 3.4: a single-letter subtag goes together with the one behind it.
    if (cut >= 2 && value.charAt(cut - 2) == '-') {
      cut -= 2;
    }
    return canonical(value.substring(0, cut)).map(LanguageTag::new);
  }

  private static Optional<String> canonical(String text) {
    return USUAL.contains(text) ? Optional.of(text) : workedOut(text);
  }

  private static Optional<String> workedOut(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(text).build();
      return LANGUAGES.contains(locale.getLanguage())
          ? Optional.of(locale.toLanguageTag())
          : Optional.empty();
    } catch (IllformedLocaleException malformed) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value;
  }

  /** A tag and the next of its chain. */
  private record Usual(Optional<LanguageTag> tag, Optional<LanguageTag> broader) {
    static Usual of(String text) {
      LanguageTag tag = new LanguageTag(text);
      return new Usual(Optional.of(tag), tag.cutShort());
    }
  }
}
