package io.towncrier.delivery.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long things took. */
final class Latencies {
  private final List<Long> nanos = new ArrayList<>();

  void add(long took) {
    nanos.add(took);
  }

  /** The time within which this share of them, between 0 and 1, was done. */
  Duration within(double share) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return Duration.ofNanos(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
  }

  Duration longest() {
    return within(1);
  }

  /** Number, half, 99 of 100 and longest, in milliseconds, as cells of a table. */
  String cells() {
    return String.format(
        Locale.ROOT,
        "%,d | %.1f | %.1f | %.1f",
        nanos.size(),
        millis(within(0.5)),
        millis(within(0.99)),
        millis(longest()));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
