package io.towncrier.platform.time;

import io.towncrier.platform.InputReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments that operators ask about. */
public final class Moments {
  // The years for which zones and rollouts are worked out.
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  // A plus in a query that was not escaped arrives as a blank.
  private static final Pattern BLANK_OFFSET = Pattern.compile(" (?=\\d\\d:\\d\\d$)");

  private Moments() {}

  /** A moment that may be missing; a defect is noted. */
  public static Optional<Instant> read(InputReader input, String field, @Nullable String value) {
    return input.parsed(
        field,
        value,
        Moments::parse,
        "must be an RFC 3339 time of this century, such as 2026-05-01T03:00:00+02:00");
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
              OffsetDateTime.parse(BLANK_OFFSET.matcher(text).replaceFirst("+")).toInstant())
          .filter(at -> !at.isBefore(FIRST) && at.isBefore(LAST));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
