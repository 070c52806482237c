package io.towncrier.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The hour of a device's clock at which a notice is pushed. It may be claimed late: after a pause,
 * a retry, a move to another zone. It is still in time until the hour after is over.
 *
 * @param time on the clock
 * @param over which its devices are spread from then on
 */
public record PushHour(LocalTime time, Duration over) {
  private static final int HOURS = 2;
  private static final Duration DAY = Duration.ofDays(1);
  // The first day may be over by one clock, and not have begun by another.
  private static final int DAYS_BEFORE = 2;
  private static final int DAYS_AHEAD = 3;

  public PushHour {
    if (over.isNegative()) {
      throw new IllegalArgumentException("a spread is not negative");
    }
  }

  /**
   * When to push if not now; empty when it is the hour by each of the clocks.
   *
   * @param clocks that the device may have
   * @param notBefore the first moment from another one on at which it may ring
   */
  public Optional<Instant> nextUnlessNow(
      Collection<ZoneRules> clocks, UnaryOperator<Instant> notBefore, Instant now) {
    if (lasts().compareTo(DAY) >= 0) {
      return Optional.empty();
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (int day = -DAYS_BEFORE; day <= DAYS_AHEAD; day++) {
      LocalDateTime hour = today.plusDays(day).atTime(time);
      Instant first = clocks.stream().map(c -> moment(hour, c)).min(Instant::compareTo).orElse(now);
      Instant last = clocks.stream().map(c -> moment(hour, c)).max(Instant::compareTo).orElse(now);
      Instant opens = notBefore.apply(last);
      // Where quiet hours lie over it, it is put off as a whole.
      Instant closes = first.plus(lasts()).plus(Duration.between(last, opens));
      if (opens.isBefore(closes) && now.isBefore(closes)) {
        return now.isBefore(opens) ? Optional.of(opens) : Optional.empty();
      }
    }
    return Optional.of(now.plus(DAY));
  }

  private Duration lasts() {
    Duration passed = Duration.between(time.truncatedTo(ChronoUnit.HOURS), time);
    return Duration.ofHours(HOURS).minus(passed).plus(over);
  }

  /** A skipped time is the moment of the change, a repeated one the first. */
  private static Instant moment(LocalDateTime local, ZoneRules clock) {
    ZoneOffsetTransition change = clock.getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : local.toInstant(clock.getValidOffsets(local).get(0));
  }
}
