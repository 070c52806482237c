package io.towncrier.delivery;

import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import java.time.Instant;
import java.util.Optional;

/**
 * What is pushed for a notice, fixed when the notice starts.
 *
 * @param notice id; also the tag of its messages
 * @param category that users can switch off
 * @param urgent whether it goes before everything that is not, and may wake a sleeping phone
 * @param texts title and body per language; they may have {@link TextVariables}
 * @param defaultLanguage for whom none fits
 * @param expiresAt after which nothing of it is sent any more
 * @param halted why nothing of it is sent at present
 * @param release that it is about: only those to whom it is still offered are pushed to
 * @param hour of each device's clock, and at no other
 * @param trace parent of what is traced of its pushes: whatever started it
 */
public record PushContent(
    String notice,
    Category category,
    boolean urgent,
    LocalizedText texts,
    LanguageTag defaultLanguage,
    Instant expiresAt,
    Optional<String> halted,
    Optional<Release> release,
    Optional<PushHour> hour,
    Optional<String> trace) {
  /** About no release, at any hour. */
  public PushContent(
      String notice,
      Category category,
      boolean urgent,
      LocalizedText texts,
      LanguageTag defaultLanguage,
      Instant expiresAt,
      Optional<String> halted) {
    this(
        notice,
        category,
        urgent,
        texts,
        defaultLanguage,
        expiresAt,
        halted,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A release of a product. */
  public record Release(String product, String version) {}
}
