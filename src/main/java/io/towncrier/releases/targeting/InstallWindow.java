package io.towncrier.releases.targeting;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * When a device may install, in its own local time.
 *
 * @param hours of the day; empty means all of them
 * @param days on which the hours begin; empty means every day. Hours that go past midnight belong
 *     to the day that they begin on
 * @param notBefore nothing is installed before it, to the second. When the clocks go back over it,
 *     its second passing counts, and when they skip it, the moment at which they do
 */
public record InstallWindow(
    Optional<Hours> hours, Set<DayOfWeek> days, Optional<LocalDateTime> notBefore) {
  /** With hours on one day a week, which the clocks may skip once, the next is 14 days away. */
  private static final long HORIZON = Duration.ofDays(15).toSeconds();

  /** What an opening just before the horizon may last at most, with room to spare. */
  private static final long LONGEST_SPAN = Duration.ofDays(3).toSeconds();

  public InstallWindow {
    days = Set.copyOf(days);
    if (hours.isEmpty() && notBefore.isEmpty()) {
      throw new IllegalArgumentException("an install window needs hours or a not-before");
    }
    if (hours.isEmpty() && !days.isEmpty()) {
      throw new IllegalArgumentException("the days of an install window need hours");
    }
    notBefore.ifPresent(InstallWindow::requireOrdinary);
  }

  private static void requireOrdinary(LocalDateTime notBefore) {
    if (!notBefore.equals(notBefore.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("a not-before goes to the second");
    }
    if (notBefore.getYear() < 1970 || notBefore.getYear() > 9999) {
      throw new IllegalArgumentException("a not-before lies in the years 1970 to 9999");
    }
  }

  /**
   * Hours of a day, to the minute.
   *
   * @param from first minute of them
   * @param to first minute behind them; before {@code from} when they go past midnight
   */
  public record Hours(LocalTime from, LocalTime to) {
    public Hours {
      if (from.equals(to)) {
        throw new IllegalArgumentException("the hours of an install window need a length");
      }
      if (!isWholeMinute(from) || !isWholeMinute(to)) {
        throw new IllegalArgumentException("the hours of an install window go to the minute");
      }
    }

    private static boolean isWholeMinute(LocalTime time) {
      return time.equals(time.truncatedTo(ChronoUnit.MINUTES));
    }
  }

  /**
   * A span in which a device may install.
   *
   * @param opens first moment of it
   * @param closes first moment behind it; empty when it stays open for good
   */
  public record Opening(Instant opens, Optional<Instant> closes) {
    public Opening {
      if (closes.isPresent() && !closes.get().isAfter(opens)) {
        throw new IllegalArgumentException("an opening needs a length");
      }
    }
  }

  /**
   * The first span from {@code now} on in which the local time is inside of this window in every
   * zone that the device may be in. It begins at {@code now} when the window is open.
   *
   * @return empty when there is none within 15 days of the later of now and not-before: then
   *     nothing may be installed
   */
  public Optional<Opening> next(Instant now, LocalZones zones) {
    long from = earliest(now.getEpochSecond(), zones);
    if (hours.isEmpty()) {
      return Optional.of(new Opening(moment(from, now), Optional.empty()));
    }
    // All that changes the answer falls on a whole second: what holds at the second that now lies
    // in holds at now.
    SharedHours shared =
        new SharedHours(
            WeeklyHours.of(hours.get(), days), zones.timeline(from, from + HORIZON + LONGEST_SPAN));
    OptionalLong opening = shared.opening(from, from + HORIZON);
    if (opening.isEmpty()) {
      return Optional.empty();
    }
    Instant closes = Instant.ofEpochSecond(shared.closing(opening.getAsLong()));
    return Optional.of(new Opening(moment(opening.getAsLong(), now), Optional.of(closes)));
  }

  private long earliest(long now, LocalZones zones) {
    if (notBefore.isEmpty()) {
      return now;
    }
    long local = notBefore.get().toEpochSecond(ZoneOffset.UTC);
    if (local + OffsetTimeline.WIDEST <= now) {
      return now;
    }
    OffsetTimeline around =
        zones.timeline(local - OffsetTimeline.WIDEST, local + OffsetTimeline.WIDEST);
    return Math.max(now, around.allPast(local));
  }

  private static Instant moment(long second, Instant now) {
    return second == now.getEpochSecond() ? now : Instant.ofEpochSecond(second);
  }
}
