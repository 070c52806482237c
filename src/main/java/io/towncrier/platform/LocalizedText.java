package io.towncrier.platform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A title and a body in one or more languages.
 *
 * @param byLanguage never empty; BCP 47 tags
 */
public record LocalizedText(Map<String, Text> byLanguage) {
  public LocalizedText {
    if (byLanguage.isEmpty()) {
      throw new IllegalArgumentException("a localized text needs a language");
    }
    byLanguage = Collections.unmodifiableMap(new LinkedHashMap<>(new TreeMap<>(byLanguage)));
  }

  /**
   * The best text by RFC 4647 lookup: the wanted tag, what is broader, the default language, and if
   * even that is missing the alphabetically first, so that the answer is the same every time.
   */
  public Picked pick(Optional<LanguageTag> wanted, LanguageTag fallback) {
    return inChainOf(wanted)
        .or(() -> inChainOf(Optional.of(fallback)))
        .orElseGet(() -> picked(byLanguage.keySet().iterator().next()));
  }

  private Optional<Picked> inChainOf(Optional<LanguageTag> start) {
    for (Optional<LanguageTag> tag = start; tag.isPresent(); tag = tag.get().broader()) {
      if (byLanguage.containsKey(tag.get().value())) {
        return Optional.of(picked(tag.get().value()));
      }
    }
    return Optional.empty();
  }

  private Picked picked(String language) {
    Text text = byLanguage.get(language);
    if (text == null) {
      throw new IllegalArgumentException("no text in " + language);
    }
    return new Picked(language, text);
  }

  /** What is shown: a heading and what stands below it. */
  public record Text(String title, String body) {}

  /** A text and the language it is really in. */
  public record Picked(String language, Text text) {}
}
