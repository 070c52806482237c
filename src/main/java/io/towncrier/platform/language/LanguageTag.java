package io.towncrier.platform.language;

import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A BCP 47 language tag in canonical case, whose language is one that exists. It knows what it is
 * matched by, so that a match looks at nothing but texts that are there already.
 */
public final class LanguageTag {
  private static final int MAX_LENGTH = 35;

  // ISO 639-1, what this JDK adds to it with three letters (fil, yue, haw ..), and CLDR's.
  private static final Set<String> LANGUAGES =
      Stream.of(
              Arrays.stream(Locale.getISOLanguages()),
              Arrays.stream(Locale.getAvailableLocales()).map(Locale::getLanguage),
              LanguageForm.languages().stream())
          .flatMap(languages -> languages)
          .filter(language -> !language.isEmpty())
          .collect(Collectors.toUnmodifiableSet());

  // What clients send nearly always. Locale takes microseconds, and a check asks for several.
  private static final Map<String, Optional<LanguageTag>> USUAL =
      Arrays.stream(Locale.getAvailableLocales())
          .map(Locale::toLanguageTag)
          .filter(tag -> workedOut(tag).filter(tag::equals).isPresent())
          .distinct()
          .collect(
              Collectors.toUnmodifiableMap(
                  tag -> tag, tag -> Optional.of(new LanguageTag(tag, null))));

  private final String value;
  // Made when it is first asked for: most of a thousand usual tags are never matched.
  private @Nullable Matching matching;

  /**
   * Of a tag in canonical form.
   *
   * @param value such as {@code zh-Hant-HK}; at most 35 characters, RFC 5646 section 4.4.1
   */
  public LanguageTag(String value) {
    Optional<LanguageTag> usual = USUAL.get(value);
    if (usual == null && workedOut(value).filter(value::equals).isEmpty()) {
      throw new IllegalArgumentException("not a known BCP 47 language tag in canonical form");
    }
    this.value = value;
    this.matching = usual != null ? usual.get().matching() : null;
  }

  private LanguageTag(String value, @Nullable Matching matching) {
    this.value = value;
    this.matching = matching;
  }

  /**
   * The language of a document's tag in any case; empty when it is malformed or no such language
   * exists. Not for what clients say of themselves.
   */
  public static Optional<LanguageTag> parse(String text) {
    Optional<LanguageTag> usual = USUAL.get(text);
    return usual != null ? usual : workedOut(text).map(tag -> new LanguageTag(tag, null));
  }

  /**
   * The language that a client's text means, in whatever form its system writes it: {@code zh_TW},
   * {@code pt_BR.UTF-8}, {@code de,en;q=0.5}, {@code iw}. Aliases are replaced.
   *
   * @param text of any length and content
   * @return empty when no language can be read in it: {@code C}, {@code und}, {@code *}, {@code jp}
   */
  public static Optional<LanguageTag> fromClient(String text) {
    Optional<LanguageTag> usual = USUAL.get(ClientLocale.plain(text));
    return usual != null && usual.get().matching().current()
        ? usual
        : ClientLocale.read(text, LANGUAGES::contains).flatMap(LanguageTag::parse);
  }

  /** The tags that this JDK knows, several for most languages. */
  public static Stream<LanguageTag> usual() {
    return USUAL.values().stream().flatMap(Optional::stream);
  }

  /** Such as {@code zh-Hant-HK}. */
  public String value() {
    return value;
  }

  /** The language alone, of an alias the one that replaces it. */
  public LanguageTag withoutParts() {
    return new LanguageTag(LanguageForm.of(value).language());
  }

  /**
   * Whether who names the other tag means this language too: {@code zh}, {@code zh-Hant} and {@code
   * zh-TW} each mean {@code zh-TW}, {@code es-419} means {@code es-MX}; {@code zh-Hans} does not
   * mean {@code zh-TW}.
   */
  public boolean isMeantBy(LanguageTag wanted) {
    for (String range : matching().ranges()) {
      if (range.equals(wanted.range())) {
        return true;
      }
    }
    return false;
  }

  /** The same for many, by their {@link #range}. */
  boolean isIn(Set<String> ranges) {
    for (String range : matching().ranges()) {
      if (ranges.contains(range)) {
        return true;
      }
    }
    return false;
  }

  /** Whether every language that this tag means is meant by one of those with these ranges. */
  boolean isCoveredBy(Set<String> ranges) {
    LanguageForm form = LanguageForm.of(value);
    // A bare language means all its scripts, which no other range does.
    return form.bare()
        ? ranges.contains(form.range())
        : form.rangesAbove().stream().anyMatch(ranges::contains);
  }

  /** What this tag stands for when it is named to mean clients. */
  String range() {
    return matching().range();
  }

  /** By what a text in this language is found. */
  String textKey() {
    return matching().textKeys()[0];
  }

  /** The value that the first of {@link #textKey} has that serves a reader of this language. */
  <T> @Nullable T nearest(Map<String, T> byTextKey) {
    for (String key : matching().textKeys()) {
      T found = byTextKey.get(key);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Matching matching() {
    Matching known = matching;
    if (known == null) {
      // Two threads may both make it: the same, and nothing in it changes afterwards.
      known = Matching.of(value);
      matching = known;
    }
    return known;
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
  public boolean equals(@Nullable Object other) {
    return other instanceof LanguageTag that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }

  /**
   * What a tag is matched by, worked out once.
   *
   * @param current whether no part of the tag was replaced by another
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Matching(String range, String[] ranges, String[] textKeys, boolean current) {
    static Matching of(String tag) {
      LanguageForm form = LanguageForm.of(tag);
      return new Matching(
          form.range(),
          form.ranges().toArray(String[]::new),
          form.textKeys().toArray(String[]::new),
          LanguageForm.withoutAliases(tag).equals(tag));
    }
  }
}
