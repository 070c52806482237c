package io.towncrier.notices.audience;

import io.towncrier.platform.language.LanguageRanges;
import io.towncrier.platform.language.LanguageTag;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An audience at one moment, so that it can be looked for.
 *
 * @param versions texts that devices report and that are in the range, when there is one
 * @param languages tags that devices report and that the audience means, when it names languages
 * @param seenSince the first day (UTC) that counts as seen, when that matters
 */
public record Selection(
    Audience audience,
    Optional<List<String>> versions,
    Optional<List<String>> languages,
    Optional<LocalDate> seenSince) {
  public Selection {
    versions = versions.map(List::copyOf);
    languages = languages.map(List::copyOf);
  }

  /**
   * Selects; the versions were looked up before.
   *
   * @param reported languages that devices report; needed when the audience names languages
   */
  public static Selection of(
      Audience audience, Optional<List<String>> versions, Set<String> reported, Instant now) {
    return new Selection(
        audience,
        versions,
        audience.languages().isEmpty()
            ? Optional.empty()
            : Optional.of(reported.stream().filter(tag -> means(audience, tag)).sorted().toList()),
        seenSince(audience, now));
  }

  /** Without versions and languages, which are then compared device by device. */
  public static Selection withoutTexts(Audience audience, Instant now) {
    return new Selection(audience, Optional.empty(), Optional.empty(), seenSince(audience, now));
  }

  private static Optional<LocalDate> seenSince(Audience audience, Instant now) {
    return audience.seenWithinDays().isPresent()
        ? Optional.of(
            LocalDate.ofInstant(now, ZoneOffset.UTC)
                .minusDays(audience.seenWithinDays().getAsInt()))
        : Optional.empty();
  }

  /** Whether an audience means devices that report this language, apart from other conditions. */
  public static boolean means(Audience audience, String reported) {
    return LanguageTag.parse(reported)
        .filter(spoken -> LanguageRanges.of(audience.languages()).mean(spoken))
        .isPresent();
  }
}
