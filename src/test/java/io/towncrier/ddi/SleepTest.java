package io.towncrier.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.updates.NextCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** When clients poll again. */
class SleepTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final NextCheck NEXT = new NextCheck(21_600, 2_160);

  @Test
  void aSleepIsWrittenAsClientsReadIt() {
    assertThat(new Sleep(1).text()).isEqualTo("00:00:01");
    assertThat(new Sleep(3_725).text()).isEqualTo("01:02:05");
    assertThat(new Sleep(86_399).text()).isEqualTo("23:59:59");
  }

  @Test
  void devicesAreSpreadEvenlyOverTheWholeTime() {
    long[] tenths = new long[10];
    for (int device = 0; device < 10_000; device++) {
      long seconds = Sleep.usual(NEXT, "dev_" + device, NOW).seconds();
      assertThat(seconds).isBetween(21_600L - 2_160, 21_600L + 2_160);
      tenths[(int) Math.min(9, (seconds - 19_440) / 432)]++;
    }
    assertThat(LongStream.of(tenths)).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void whoWaitsForAWindowComesBehindItsOpening() {
    assertThat(
            IntStream.range(0, 1_000)
                .mapToLong(i -> Sleep.until(600, NEXT, "dev_" + i, NOW).seconds()))
        .allMatch(seconds -> seconds >= 600 && seconds <= 600 + 2 * 2_160)
        .anyMatch(seconds -> seconds < 1_200)
        .anyMatch(seconds -> seconds > 4_000);
  }

  @Test
  void noSleepIsLongerThanADayLessASecond() {
    assertThat(Sleep.until(700_000, NEXT, "dev_1", NOW).text()).isEqualTo("23:59:59");
    assertThat(Sleep.about(Duration.ofMillis(1), "dev_1", NOW).seconds()).isEqualTo(1);
  }
}
