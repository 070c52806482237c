package io.towncrier.events;

import java.time.Duration;
import java.util.Optional;

/** When an event is tried again: later each time, so that a receiver has days to come back. */
final class RetryTimes {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(12);
  // 5 s, 30 s, 3 min, 18 min, 1.8 h, 10.8 h, then 12 h.
  private static final int FACTOR = 6;

  private RetryTimes() {}

  /**
   * How long to wait.
   *
   * @param attempts that were made, at least 1
   * @param asked for by the receiver
   */
  static Duration after(int attempts, Optional<Duration> asked) {
    Duration wait = FIRST;
    for (int i = 1; i < attempts && wait.compareTo(LONGEST) < 0; i++) {
      wait = wait.multipliedBy(FACTOR);
    }
    Duration own = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    Duration theirs = asked.filter(a -> a.compareTo(LONGEST) <= 0).orElse(Duration.ZERO);
    return own.compareTo(theirs) > 0 ? own : theirs;
  }
}
