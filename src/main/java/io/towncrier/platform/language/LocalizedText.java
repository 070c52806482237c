package io.towncrier.platform.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A title and a body in one or more languages. */
public final class LocalizedText {
  private final Map<String, Text> byLanguage;
  // The same once more: thousands of texts are in the same languages, and to find the best of them
  // is to ask this list, which they share, and no map of their own.
  private final TextLanguages languages;

  /**
   * Of texts.
   *
   * @param byLanguage never empty; BCP 47 tags
   */
  public LocalizedText(Map<String, Text> byLanguage) {
    if (byLanguage.isEmpty()) {
      throw new IllegalArgumentException("a localized text needs a language");
    }
    this.byLanguage = Collections.unmodifiableMap(new LinkedHashMap<>(new TreeMap<>(byLanguage)));
    this.languages = new TextLanguages(this.byLanguage.keySet());
  }

  private LocalizedText(Map<String, Text> byLanguage, TextLanguages languages) {
    this.byLanguage = byLanguage;
    this.languages = languages;
  }

  /** The same texts; the caller gives the list of their languages, which it has already. */
  public LocalizedText sharing(UnaryOperator<TextLanguages> known) {
    return new LocalizedText(byLanguage, known.apply(languages));
  }

  /** The texts, in the order of their BCP 47 tags. */
  public Map<String, Text> byLanguage() {
    return byLanguage;
  }

  /**
   * The best text: in the wanted language or its nearest parent as CLDR has it, in the default
   * language likewise, and if even that is missing the alphabetically first, so that the answer is
   * the same every time.
   */
  public Picked pick(Optional<LanguageTag> wanted, LanguageTag fallback) {
    String language = language(wanted, fallback);
    Text text = byLanguage.get(language);
    if (text == null) {
      throw new IllegalStateException("no text in " + language);
    }
    return new Picked(language, text);
  }

  /** The language of the best text. */
  public String language(Optional<LanguageTag> wanted, LanguageTag fallback) {
    String found = wanted.isPresent() ? languages.nearestTo(wanted.get()) : null;
    if (found == null) {
      found = languages.nearestTo(fallback);
    }
    return found == null ? languages.first() : found;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LocalizedText that && byLanguage.equals(that.byLanguage);
  }

  @Override
  public int hashCode() {
    return byLanguage.hashCode();
  }

  @Override
  public String toString() {
    return byLanguage.toString();
  }

  /** What is shown: a heading and what stands below it. */
  @Schema(name = "LocalizedText")
  public record Text(String title, String body) {}

  /** A text and the language it is really in. */
  public record Picked(String language, Text text) {}
}
