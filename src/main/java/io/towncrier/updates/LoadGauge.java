package io.towncrier.updates;

import java.util.concurrent.atomic.LongAdder;

/**
 * How busy this instance is with checks: by how much clients are asked to stretch the time until
 * the next one. There are two values, so that answers change seldom.
 */
final class LoadGauge {
  /** More would be a loss of sight: a release has to reach the fleet within a day. */
  static final int MAX = 2;

  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final double checksPerWindow;
  private final LongAdder checks = new LongAdder();
  private volatile Window window;

  LoadGauge(int checksPerSecond, long nowNanos) {
    this.checksPerWindow = checksPerSecond * (WINDOW_NANOS / 1e9);
    this.window = new Window(nowNanos, 1);
  }

  /**
   * Counts a check.
   *
   * @param nowNanos of a monotonic clock
   * @return by how much to stretch: 1 or 2, from the last full window of ten seconds
   */
  int count(long nowNanos) {
    checks.increment();
    Window current = window;
    return nowNanos - current.since() < WINDOW_NANOS ? current.stretch() : next(nowNanos);
  }

  private synchronized int next(long nowNanos) {
    long lasted = nowNanos - window.since();
    if (lasted >= WINDOW_NANOS) {
      double perWindow = checks.sumThenReset() * (double) WINDOW_NANOS / lasted;
      window = new Window(nowNanos, perWindow > checksPerWindow ? MAX : 1);
    }
    return window.stretch();
  }

  private record Window(long since, int stretch) {}
}
