package io.towncrier.outcomes;

import io.towncrier.platform.language.AcceptedLanguages;
import io.towncrier.platform.language.TextLanguages;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Why an update failed, as users read it: {@code failures_<language>.properties}. */
final class FailureTexts {
  /** In which there are texts; the first is for whom no other fits. */
  static final List<String> LANGUAGES = List.of("en", "de", "es", "zh-Hans", "zh-Hant");

  private static final TextLanguages SPOKEN = new TextLanguages(LANGUAGES);
  private static final Map<String, Properties> TEXTS = read();

  private FailureTexts() {}

  /**
   * The text.
   *
   * @param accepted the header {@code Accept-Language}
   */
  static String of(String code, Optional<String> accepted) {
    String language = AcceptedLanguages.first(accepted, SPOKEN).orElse(LANGUAGES.get(0));
    Properties texts = Objects.requireNonNull(TEXTS.get(language));
    return texts.getProperty(code, texts.getProperty("unknown", code));
  }

  /** Whether there is a text of its own for this code. */
  static boolean knows(String code, String language) {
    return Objects.requireNonNull(TEXTS.get(language)).getProperty(code) != null;
  }

  private static Map<String, Properties> read() {
    Map<String, Properties> all = new HashMap<>();
    for (String language : LANGUAGES) {
      Properties texts = new Properties();
      try (InputStream in =
          FailureTexts.class.getResourceAsStream("failures_" + language + ".properties")) {
        texts.load(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
      all.put(language, texts);
    }
    return Map.copyOf(all);
  }
}
