package io.towncrier.notices.audience;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * An audience at one moment, so that it can be looked for.
 *
 * @param versions texts that devices report and that are in the range, when there is one
 * @param seenSince the first day (UTC) that counts as seen, when that matters
 */
public record Selection(
    Audience audience, Optional<List<String>> versions, Optional<LocalDate> seenSince) {
  public Selection {
    versions = versions.map(List::copyOf);
  }

  /** Selects; the versions were looked up before. */
  public static Selection of(Audience audience, Optional<List<String>> versions, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return new Selection(
        audience,
        versions,
        audience.seenWithinDays().isPresent()
            ? Optional.of(today.minusDays(audience.seenWithinDays().getAsInt()))
            : Optional.empty());
  }
}
