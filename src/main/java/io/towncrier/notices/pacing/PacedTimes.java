package io.towncrier.notices.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives away the due times of one notice, each a step behind another and none before its moment.
 * Time is counted in buckets of about a minute: what it holds does not grow with the fleet.
 */
public final class PacedTimes {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Instant from;
  private final long step;
  private final long perBucket;
  private final Map<Long, Long> taken;
  // From each moment on, the first bucket with room; there are few moments.
  private final Map<Long, Long> open = new HashMap<>();

  /**
   * From a moment on.
   *
   * @param step between two; zero when they need none
   * @param taken how many are due already, by bucket
   */
  public PacedTimes(Instant from, Duration step, Map<Long, Long> taken) {
    this.from = from;
    this.step = step.toNanos();
    this.perBucket = perBucket(step);
    this.taken = new HashMap<>(taken);
  }

  /** How long a bucket is. */
  public static Duration bucket(Duration step) {
    return step.isZero() ? Duration.ofNanos(MINUTE) : step.multipliedBy(perBucket(step));
  }

  private static long perBucket(Duration step) {
    return step.isZero() ? Long.MAX_VALUE : Math.max(1, MINUTE / step.toNanos());
  }

  /** The next that is free, not before this moment. */
  public Instant next(Instant notBefore) {
    if (step == 0) {
      return notBefore.isBefore(from) ? from : notBefore;
    }
    long bucket = step * perBucket;
    long ahead = Math.max(0, Duration.between(from, notBefore).toNanos());
    // A bucket that has begun before the moment is left to the others.
    long first = (ahead + bucket - 1) / bucket;
    long at = open.getOrDefault(first, first);
    while (taken.getOrDefault(at, 0L) >= perBucket) {
      at++;
    }
    open.put(first, at);
    long place = taken.merge(at, 1L, Long::sum) - 1;
    return from.plusNanos(at * bucket + place * step);
  }
}
