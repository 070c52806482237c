package io.towncrier.notices.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** An hour of the clock on the wall, as moments. */
final class LocalHour {
  // The last place on earth in which a day begins; no clock anywhere shows an earlier date.
  private static final ZoneOffset LATEST = ZoneOffset.ofHours(-12);
  // From there to the first place is more than a day, and the hour may have passed in both.
  private static final int DAYS = 4;

  private LocalHour() {}

  static Collection<ZoneRules> clocksAt(Place place) {
    return place.zones().rules();
  }

  /**
   * The time that is within the hour by each of the clocks, on the first day on which the hour lies
   * ahead for all of them. Empty when by no moment it has begun for all and is not over for any.
   *
   * @param over how long the hour is
   */
  static Optional<Slot> slot(
      Collection<ZoneRules> clocks, Schedule.When.AtLocalTime when, Duration over, Instant now) {
    LocalDate first = when.date().orElseGet(() -> LocalDate.ofInstant(now, LATEST));
    int days = when.date().isPresent() ? 1 : DAYS;
    for (int day = 0; day < days; day++) {
      LocalDateTime hour = first.plusDays(day).atTime(when.time());
      Instant earliest = Instant.MAX;
      Instant latest = Instant.MIN;
      for (ZoneRules clock : clocks) {
        Instant moment = moment(hour, clock);
        earliest = moment.isBefore(earliest) ? moment : earliest;
        latest = moment.isAfter(latest) ? moment : latest;
      }
      if (!earliest.isBefore(now)) {
        Duration left = over.minus(Duration.between(earliest, latest));
        return left.isNegative() ? Optional.empty() : Optional.of(new Slot(latest, left));
      }
    }
    return Optional.empty();
  }

  /** When the first of the clocks that devices of a place may have shows it. */
  static Instant earliest(Place place, LocalDateTime hour) {
    return clocksAt(place).stream()
        .map(clock -> moment(hour, clock))
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  private static Instant moment(LocalDateTime local, ZoneRules clock) {
    ZoneOffsetTransition change = clock.getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.toInstant(clock.getValidOffsets(local).get(0));
  }
}
