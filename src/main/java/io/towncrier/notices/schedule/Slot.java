package io.towncrier.notices.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * The time over which devices are spread.
 *
 * @param from the first moment
 * @param over zero: all at the first moment
 */
public record Slot(Instant from, Duration over) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  public Slot {
    if (over.isNegative()) {
      throw new IllegalArgumentException("a slot ends after it begins");
    }
  }

  public Instant end() {
    return from.plus(over);
  }

  /**
   * A moment in it.
   *
   * @param share of the way from the first to the last, from 0 to 1
   */
  public Instant moment(double share) {
    return from.plusMillis((long) (over.toMillis() * share));
  }

  /** Without its first minute, when it has several: everybody else sends on the hour. */
  Slot offTheHour() {
    return over.compareTo(MINUTE.multipliedBy(2)) < 0
        ? this
        : new Slot(from.plus(MINUTE), over.minus(MINUTE));
  }
}
