package io.towncrier.releases.targeting;

import io.towncrier.releases.targeting.InstallWindow.Hours;
import io.towncrier.releases.targeting.InstallWindow.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * What an install window means, told minute by minute and by looking at the clocks alone. Since
 * 1973 every zone changes its clocks at a whole minute of UTC, and by whole minutes.
 */
final class LocalMinutes {
  private static final Duration HORIZON = Duration.ofDays(15);
  private static final Duration WIDEST_OFFSET = Duration.ofHours(18);

  private LocalMinutes() {}

  static Optional<Opening> next(InstallWindow window, Instant now, List<ZoneRules> rules) {
    List<WallClock> zones = rules.stream().map(WallClock::new).toList();
    Instant earliest = earliest(window, now, zones);
    if (window.hours().isEmpty()) {
      return Optional.of(new Opening(earliest, Optional.empty()));
    }
    Instant limit = earliest.truncatedTo(ChronoUnit.SECONDS).plus(HORIZON);
    Instant opens = earliest;
    while (opens.isBefore(limit) && !isInside(window, opens, zones)) {
      opens = nextMinute(opens);
    }
    if (!opens.isBefore(limit)) {
      return Optional.empty();
    }
    Instant closes = nextMinute(opens);
    while (isInside(window, closes, zones)) {
      closes = nextMinute(closes);
    }
    return Optional.of(new Opening(opens, Optional.of(closes)));
  }

  /** The minute after the last one that shows less than not-before in any zone. */
  private static Instant earliest(InstallWindow window, Instant now, List<WallClock> zones) {
    if (window.notBefore().isEmpty()) {
      return now;
    }
    LocalDateTime notBefore = window.notBefore().get();
    Instant earliest = notBefore.toInstant(ZoneOffset.UTC).plus(WIDEST_OFFSET);
    while (allShowAtLeast(notBefore, earliest.minus(1, ChronoUnit.MINUTES), zones)) {
      earliest = earliest.minus(1, ChronoUnit.MINUTES);
    }
    return earliest.isAfter(now) ? earliest : now;
  }

  private static boolean allShowAtLeast(LocalDateTime time, Instant at, List<WallClock> zones) {
    return zones.stream().noneMatch(zone -> zone.at(at).isBefore(time));
  }

  private static boolean isInside(InstallWindow window, Instant at, List<WallClock> zones) {
    for (WallClock zone : zones) {
      if (!isInside(window, zone.at(at))) {
        return false;
      }
    }
    return true;
  }

  static boolean isInside(InstallWindow window, Instant at, ZoneRules zone) {
    return isInside(
        window, LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), zone.getOffset(at)));
  }

  private static boolean isInside(InstallWindow window, LocalDateTime local) {
    Hours hours = window.hours().orElseThrow();
    LocalTime time = local.toLocalTime();
    DayOfWeek today = local.getDayOfWeek();
    if (hours.from().isBefore(hours.to())) {
      return !time.isBefore(hours.from()) && time.isBefore(hours.to()) && isDay(window, today);
    }
    return (!time.isBefore(hours.from()) && isDay(window, today))
        || (time.isBefore(hours.to()) && isDay(window, today.minus(1)));
  }

  private static boolean isDay(InstallWindow window, DayOfWeek day) {
    return window.days().isEmpty() || window.days().contains(day);
  }

  private static Instant nextMinute(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
  }

  /** What the clocks of a zone show; it asks for the offset once between two changes of them. */
  private static final class WallClock {
    private final ZoneRules rules;
    private ZoneOffset offset = ZoneOffset.UTC;
    private Instant since = Instant.MAX;
    private Instant until = Instant.MIN;

    WallClock(ZoneRules rules) {
      this.rules = rules;
    }

    LocalDateTime at(Instant at) {
      if (at.isBefore(since) || !at.isBefore(until)) {
        ZoneOffsetTransition change = rules.nextTransition(at);
        offset = rules.getOffset(at);
        since = at;
        until = change == null ? Instant.MAX : change.getInstant();
      }
      return LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), offset);
    }
  }
}
