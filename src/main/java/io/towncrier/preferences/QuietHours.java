package io.towncrier.preferences;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The hours in which a device is not to ring, in its own time.
 *
 * @param from first minute of them
 * @param to first minute behind them; before {@code from} when they go past midnight
 */
public record QuietHours(LocalTime from, LocalTime to) {
  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("quiet hours need a length");
    }
  }

  /** When the quiet hours that {@code now} lies in are over; empty when it lies in none. */
  public Optional<Instant> endAfter(Instant now, ZoneId zone) {
    ZonedDateTime local = now.atZone(zone);
    LocalTime time = local.toLocalTime();
    boolean pastMidnight = to.isBefore(from);
    boolean quiet =
        pastMidnight
            ? !time.isBefore(from) || time.isBefore(to)
            : !time.isBefore(from) && time.isBefore(to);
    if (!quiet) {
      return Optional.empty();
    }
    boolean tomorrow = pastMidnight && !time.isBefore(from);
    Instant end = firstPassing(local.toLocalDate().plusDays(tomorrow ? 1 : 0).atTime(to), zone);
    // When the clocks go back the end comes twice, and its first passing may lie behind us.
    return Optional.of(end.isAfter(now) ? end : secondPassing(end, now, zone));
  }

  /** An end that a change of the clocks skips is the moment of the change. */
  private static Instant firstPassing(LocalDateTime end, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(end);
    return change != null && change.isGap() ? change.getInstant() : end.atZone(zone).toInstant();
  }

  private static Instant secondPassing(Instant first, Instant now, ZoneId zone) {
    Instant second =
        first.atZone(zone).toLocalDateTime().atZone(zone).withLaterOffsetAtOverlap().toInstant();
    return second.isAfter(now) ? second : now.plusSeconds(60);
  }
}
