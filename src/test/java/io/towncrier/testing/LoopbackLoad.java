package io.towncrier.testing;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** How long answers take, how many there may be a minute, and how many there were. */
final class LoopbackLoad {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  final LongAdder requests = new LongAdder();
  final AtomicLong underWay = new AtomicLong();
  final AtomicLong mostUnderWay = new AtomicLong();
  private volatile Supplier<Duration> latency = () -> Duration.ZERO;
  private volatile long aMinute = Long.MAX_VALUE;
  private final AtomicReference<Window> window = new AtomicReference<>(new Window(0, 0));

  void latency(Supplier<Duration> next) {
    latency = next;
  }

  void quota(long next) {
    aMinute = next;
    window.set(new Window(System.nanoTime(), 0));
  }

  Duration next() {
    return latency.get();
  }

  void begun() {
    requests.increment();
    long now = underWay.incrementAndGet();
    if (now > mostUnderWay.get()) {
      mostUnderWay.accumulateAndGet(now, Math::max);
    }
  }

  void ended() {
    underWay.decrementAndGet();
  }

  /** Whether this minute's bucket has one left. */
  boolean withinQuota() {
    if (aMinute == Long.MAX_VALUE) {
      return true;
    }
    long now = System.nanoTime();
    Window after =
        window.updateAndGet(
            w -> now - w.startNanos >= MINUTE ? new Window(now, 1) : w.withOneMore());
    return after.count <= aMinute;
  }

  /** Log-normal, as networks are: half are below the median, one in a hundred is above p99. */
  static Supplier<Duration> spread(Duration median, Duration p99, long seed) {
    double sigma = Math.log((double) p99.toNanos() / median.toNanos()) / 2.326;
    Random random = new Random(seed);
    return () -> {
      synchronized (random) {
        return Duration.ofNanos(
            (long) (median.toNanos() * Math.exp(sigma * random.nextGaussian())));
      }
    };
  }

  private record Window(long startNanos, long count) {
    Window withOneMore() {
      return new Window(startNanos, count + 1);
    }
  }
}
