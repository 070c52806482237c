package io.towncrier.updates.decision;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The languages of random fleets, and for each by hand which of them mean it in a rule. */
final class NaiveLanguages {
  private static final Map<String, Set<String>> MEANT =
      Map.ofEntries(
          Map.entry("en", Set.of("en")),
          Map.entry("en-001", Set.of("en-001", "en")),
          Map.entry("en-GB", Set.of("en-GB", "en-001", "en")),
          Map.entry("zh", Set.of("zh", "zh-Hans")),
          Map.entry("zh-Hans", Set.of("zh", "zh-Hans")),
          Map.entry("zh-Hant", Set.of("zh", "zh-Hant")),
          Map.entry("zh-TW", Set.of("zh", "zh-Hant", "zh-TW")),
          Map.entry("zh-Hant-HK", Set.of("zh", "zh-Hant", "zh-Hant-HK")),
          Map.entry("zh-Hant-MO", Set.of("zh", "zh-Hant", "zh-Hant-HK", "zh-Hant-MO")),
          Map.entry("de-CH-1996", Set.of("de-CH-1996")),
          Map.entry("es-419", Set.of("es-419")),
          Map.entry("es-MX", Set.of("es-MX", "es-419")),
          Map.entry("no", Set.of("no", "nb")),
          Map.entry("nb", Set.of("no", "nb")),
          Map.entry("nn", Set.of("no", "nn")),
          Map.entry("sr-Latn", Set.of("sr-Latn")),
          Map.entry("sr-ME", Set.of("sr-Latn", "sr-ME")),
          Map.entry("fil", Set.of("fil")),
          Map.entry("fi", Set.of("fi")));

  static final List<String> ALL = MEANT.keySet().stream().sorted().toList();

  private NaiveLanguages() {}

  /** Those that mean it, itself among them. */
  static Set<String> tagsThatMean(String spoken) {
    return MEANT.getOrDefault(spoken, Set.of());
  }
}
