package io.towncrier.platform.language;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the header {@code Accept-Language} asks for (RFC 9110). */
public final class AcceptedLanguages {
  // RFC 9110 sets no bound; browsers send fewer than a hundred characters.
  private static final int LONGEST_HEADER = 500;

  private AcceptedLanguages() {}

  /**
   * The first of those that we have; empty when nothing fits or the header is malformed.
   *
   * @param header as it came
   * @param have the languages that we have texts in
   */
  public static Optional<String> first(Optional<String> header, TextLanguages have) {
    return header.stream()
        .flatMap(text -> ranges(text).stream())
        .filter(range -> range.getWeight() > 0)
        .flatMap(range -> LanguageTag.fromClient(range.getRange()).stream())
        .flatMap(tag -> Optional.ofNullable(have.nearestTo(tag)).stream())
        .findFirst();
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
