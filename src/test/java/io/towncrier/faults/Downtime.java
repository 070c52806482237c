package io.towncrier.faults;

import java.util.ArrayList;
import java.util.List;

/** When something was not there, or stood still: spans of {@link System#nanoTime}. */
final class Downtime {
  private final List<long[]> spans = new ArrayList<>();
  private long since;
  private boolean down;

  synchronized void begins() {
    if (!down) {
      down = true;
      since = System.nanoTime();
    }
  }

  synchronized void ends() {
    if (down) {
      down = false;
      spans.add(new long[] {since, System.nanoTime()});
    }
  }

  /** How much of a span it was. */
  synchronized long within(long from, long to) {
    long sum = 0;
    for (long[] span : spans) {
      sum += Math.max(0, Math.min(span[1], to) - Math.max(span[0], from));
    }
    return down ? sum + Math.max(0, to - Math.max(since, from)) : sum;
  }

  /** Whether it was so at any moment of a span. */
  boolean touches(long from, long to) {
    return within(from, to) > 0;
  }
}
