package io.towncrier.delivery.sending;

import java.time.Duration;
import java.util.Optional;

/** When a delivery is tried again: exponential with jitter, and at least what the provider asks. */
final class RetryPolicy {
  private static final int MAX_ATTEMPTS = 8;
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(60);
  // No notice lives longer, and no moment that far away is out of range.
  private static final Duration BEYOND_ANY_NOTICE = Duration.ofDays(28);

  private RetryPolicy() {}

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
    Duration own = jittered.compareTo(LONGEST) > 0 ? LONGEST : jittered;
    // What the provider asks for is obeyed, however long: the notice may expire meanwhile.
    Duration delay = asked.filter(a -> a.compareTo(own) > 0).orElse(own);
    return Optional.of(delay.compareTo(BEYOND_ANY_NOTICE) > 0 ? BEYOND_ANY_NOTICE : delay);
  }
}
