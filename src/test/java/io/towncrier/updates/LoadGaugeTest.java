package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadGaugeTest {
  private static final long START = 77;

  private final LoadGauge gauge = new LoadGauge(10, START);

  @Test
  void whatTheInstanceIsMeantForStretchesNothing() {
    assertThat(afterTenSecondsOf(99)).isEqualTo(1);
  }

  @Test
  void moreThanThatIsStretchedToTwiceTheTime() {
    assertThat(afterTenSecondsOf(101)).isEqualTo(2);
    assertThat(new LoadGaugeTest().afterTenSecondsOf(201)).isEqualTo(2);
  }

  @Test
  void thereIsAnEndToIt() {
    assertThat(afterTenSecondsOf(100_000)).isEqualTo(2);
  }

  @Test
  void itIsOverWhenTheLoadIs() {
    afterTenSecondsOf(1000);

    assertThat(gauge.count(at(25))).isEqualTo(1);
  }

  @Test
  void whileAWindowIsNotFullTheOneBeforeCounts() {
    afterTenSecondsOf(1000);

    assertThat(gauge.count(at(15))).isEqualTo(2);
  }

  private int afterTenSecondsOf(int checks) {
    for (int i = 0; i < checks; i++) {
      assertThat(gauge.count(at(5))).isEqualTo(1);
    }
    return gauge.count(at(10));
  }

  private static long at(int seconds) {
    return START + Duration.ofSeconds(seconds).toNanos();
  }
}
