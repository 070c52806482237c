package io.towncrier.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceRateTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong(7);
  private final SourceRate rate = new SourceRate(3, 4711, nanos::get);

  @Test
  void aSourceAboveItsRateIsRefusedUntilTheNextSecond() {
    assertThat(taken("192.0.2.1", 10)).isEqualTo(3);

    nanos.addAndGet(SECOND);

    assertThat(taken("192.0.2.1", 10)).isEqualTo(3);
  }

  @Test
  void whatOneSourceDoesTakesNothingFromOthers() {
    taken("192.0.2.1", 1000);

    // Of ten thousand a few share the slot of the first.
    long refused = IntStream.range(0, 10_000).filter(i -> !rate.take("198.51." + i)).count();
    assertThat(refused).isLessThan(20);
  }

  @Test
  void textsThatDifferLittleAreSpread() {
    long inOneSecond = IntStream.range(0, 1000).mapToLong(i -> taken("10.0.0." + i, 3)).sum();

    assertThat(inOneSecond).isGreaterThan(2900);
  }

  @Test
  void whichSourcesShareASlotDependsOnTheProcess() {
    // Whoever finds two that share a slot here has found nothing about another process.
    int[] pair = sharing(1);

    SourceRate other = new SourceRate(1, 99, nanos::get);
    other.take("s" + pair[0]);
    assertThat(other.take("s" + pair[1])).isTrue();
  }

  private int[] sharing(int seed) {
    for (int i = 0; ; i++) {
      SourceRate fresh = new SourceRate(1, 4711 + seed, nanos::get);
      for (int j = 0; j < 2000; j++) {
        if (!fresh.take("s" + (i * 2000 + j))) {
          return new int[] {first(seed, i * 2000, i * 2000 + j), i * 2000 + j};
        }
      }
    }
  }

  private int first(int seed, int from, int shared) {
    return IntStream.range(from, shared)
        .filter(
            candidate -> {
              SourceRate two = new SourceRate(1, 4711 + seed, nanos::get);
              two.take("s" + candidate);
              return !two.take("s" + shared);
            })
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aClockThatIsNegativeCountsToo() {
    nanos.set(-5 * SECOND / 2);
    assertThat(taken("a", 5)).isEqualTo(3);
    nanos.set(-1);
    assertThat(taken("a", 5)).isEqualTo(3);
    nanos.set(1);
    assertThat(taken("a", 5)).isEqualTo(3);
  }

  @Test
  void threadsTogetherGetNoMoreThanTheRate() throws InterruptedException {
    SourceRate many = new SourceRate(1000, 1, nanos::get);
    LongAdder allowed = new LongAdder();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      threads[t] =
          new Thread(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  if (many.take("one")) {
                    allowed.increment();
                  }
                }
              });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(allowed.sum()).isEqualTo(1000);
  }

  @Test
  void noRateIsNoRate() {
    assertThatThrownBy(() -> new SourceRate(0, 1, nanos::get))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private long taken(String source, int times) {
    return IntStream.range(0, times).filter(i -> rate.take(source)).count();
  }
}
