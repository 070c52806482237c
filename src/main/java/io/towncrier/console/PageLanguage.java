package io.towncrier.console;

import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.TextLanguages;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages that pages speak; one file of texts for each. */
public enum PageLanguage {
  ENGLISH("en"),
  GERMAN("de"),
  SPANISH("es"),
  SIMPLIFIED_CHINESE("zh-Hans"),
  TRADITIONAL_CHINESE("zh-Hant");

  private static final TextLanguages SPOKEN =
      new TextLanguages(Arrays.stream(values()).map(PageLanguage::tag).toList());

  // RFC 9110 sets no bound; browsers send fewer than a hundred characters.
  private static final int LONGEST_HEADER = 500;

  private final String tag;

  PageLanguage(String tag) {
    this.tag = tag;
  }

  /** As the attribute {@code lang} has it, BCP 47. */
  public String tag() {
    return tag;
  }

  /**
   * The language to answer in, found as that of a notice is; English when nothing fits.
   *
   * @param asked a language that the caller chose for this page; counts first, when we speak it
   * @param accepted the header {@code Accept-Language}; one that is malformed counts for nothing
   */
  public static PageLanguage choose(Optional<String> asked, Optional<String> accepted) {
    return asked
        .flatMap(PageLanguage::speaking)
        .or(
            () ->
                accepted.stream()
                    .flatMap(header -> ranges(header).stream())
                    .filter(range -> range.getWeight() > 0)
                    .flatMap(range -> speaking(range.getRange()).stream())
                    .findFirst())
        .orElse(ENGLISH);
  }

  private static Optional<PageLanguage> speaking(String text) {
    String nearest =
        LanguageTag.fromClient(text)
            .flatMap(tag -> Optional.ofNullable(SPOKEN.nearestTo(tag)))
            .orElse("");
    return Arrays.stream(values()).filter(known -> known.tag.equals(nearest)).findFirst();
  }

  private static List<Locale.LanguageRange> ranges(String header) {
    if (header.length() > LONGEST_HEADER) {
      return List.of();
    }
    try {
      return Locale.LanguageRange.parse(header);
    } catch (IllegalArgumentException malformed) {
      return List.of();
    }
  }
}
