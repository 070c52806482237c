package io.towncrier.delivery.sending;

import java.time.Duration;
import java.util.Optional;

/**
 * When a delivery is tried again: exponential with jitter, and at least what the provider asks, but
 * within an hour and within the life of its notice. A proxy between us may ask for anything.
 */
final class RetryPolicy {
  private static final int MAX_ATTEMPTS = 8;
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(60);
  // What all would do at the same moment is spread over the last tenth before it.
  private static final int LAST_PART = 10;
  private static final double FROM = 0.5;
  private static final double OVER = 0.4;

  private static final Duration AFTER_QUOTA = Duration.ofSeconds(60);
  private static final int JITTER_PARTS = 2;

  private RetryPolicy() {}

  /**
   * The time until a delivery is tried again that met an exceeded quota. That counts against no
   * delivery, so what doubles it is the pace that all have fallen to: half of it at the first time.
   *
   * @param asked by the provider
   * @param pace above 0, at most 1
   * @param random between 0 and 1
   */
  static Duration afterQuota(Optional<Duration> asked, double pace, double random) {
    Duration own = shorter(times(AFTER_QUOTA, 1 / (2 * pace)), LONGEST);
    Duration least = shorter(asked.filter(a -> !a.isZero()).orElse(own), LONGEST);
    // They were refused together, and are not to come again together.
    return withinAnHour(least.plus(times(least, random / JITTER_PARTS)), random);
  }

  /**
   * The same, before the notice expires.
   *
   * @param left of the notice's life
   * @param random between 0 and 1
   */
  static Duration withinLife(Duration delay, Duration left, double random) {
    if (left.isNegative() || left.isZero()) {
      // The claim that comes now writes it off.
      return Duration.ZERO;
    }
    return shorter(delay, times(left, FROM + OVER * random));
  }

  private static Duration withinAnHour(Duration delay, double random) {
    return delay.compareTo(LONGEST) > 0 ? LONGEST.minus(times(LONGEST, random / LAST_PART)) : delay;
  }

  private static Duration times(Duration length, double factor) {
    return Duration.ofMillis((long) (length.toMillis() * factor));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * The time until the next try; empty when enough were made.
   *
   * @param attempts that failed so far, at least 1
   * @param asked by the provider
   * @param random between 0 and 1
   */
  static Optional<Duration> delay(int attempts, Optional<Duration> asked, double random) {
    if (attempts >= MAX_ATTEMPTS) {
      return Optional.empty();
    }
    Duration exponential = FIRST.multipliedBy(1L << Math.max(0, attempts - 1));
    Duration jittered = exponential.plusMillis((long) (exponential.toMillis() * random / 2));
    Duration own = shorter(jittered, LONGEST);
    Duration delay = asked.filter(a -> a.compareTo(own) > 0).orElse(own);
    return Optional.of(withinAnHour(delay, random));
  }
}
