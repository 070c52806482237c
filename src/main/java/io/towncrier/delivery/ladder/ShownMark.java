package io.towncrier.delivery.ladder;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A time within which a push may be shown. Pushes are counted by the first mark that they kept, so
 * the share of each mark is exact, and none between them is known.
 */
public enum ShownMark {
  SECONDS_10(Duration.ofSeconds(10)),
  MINUTE(Duration.ofMinutes(1)),
  MINUTES_2(Duration.ofMinutes(2)),
  MINUTES_10(Duration.ofMinutes(10)),
  HOUR(Duration.ofHours(1)),
  HOURS_6(Duration.ofHours(6));

  /** Stands for more than the last. */
  public static final String LATER = "later";

  private final Duration within;

  ShownMark(Duration within) {
    this.within = within;
  }

  public Duration within() {
    return within;
  }

  /** By which it is counted, and as it stands in JSON: seconds. */
  public long seconds() {
    return within.toSeconds();
  }

  /** The first that a time keeps. */
  static String of(Duration taken) {
    return first(taken).map(mark -> Long.toString(mark.seconds())).orElse(LATER);
  }

  private static Optional<ShownMark> first(Duration taken) {
    return Arrays.stream(values()).filter(mark -> taken.compareTo(mark.within) <= 0).findFirst();
  }
}
