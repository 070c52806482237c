package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * All routers get power back within ten minutes: how many of them come in the busiest minute of
 * each later wave, against an even stream. Checks of docs/scale.md: 48 products, six versions.
 */
class SecondWaveTest {
  private static final int ROUTERS = 400_000;
  private static final int WITHIN = 600;
  private static final int WAVES = 4;
  private static final Duration SIX_HOURS = Duration.ofHours(6);
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final Random random = new Random(38);

  @Test
  void clientsOfTheSpreadAreEvenAfterTheFirstWave() {
    double[] peaks =
        peaks(next -> next.seconds() + (2 * random.nextDouble() - 1) * next.spreadSeconds());

    // By a tenth to either side of a tenth to either side: within 2.4 hours.
    assertThat(peaks[0]).as("when power comes back").isBetween(34.0, 40.0);
    assertThat(peaks[1]).isLessThan(5);
    assertThat(peaks[2]).isLessThan(3.5);
    assertThat(peaks[3]).isLessThan(2.8);
  }

  @Test
  void clientsThatDoNotKnowTheSpreadAreSpreadByProductAndVersion() {
    double[] peaks = peaks(NextCheck::seconds);

    assertThat(peaks[1]).isLessThan(14);
    assertThat(peaks[2]).isLessThan(12);
    assertThat(peaks[3]).isLessThan(10);
  }

  @Test
  void withoutAPlaceOfTheirOwnTheyWouldAllComeAtOnceAgain() {
    double[] peaks = peaks(next -> SIX_HOURS.toSeconds());

    assertThat(peaks[1]).isGreaterThan(34);
  }

  private double[] peaks(ToDoubleFunction<NextCheck> chosen) {
    int minutes = (int) (WAVES * SIX_HOURS.toMinutes() * 1.3);
    int[][] arrivals = new int[WAVES][minutes];
    for (int router = 0; router < ROUTERS; router++) {
      String product = "product-" + (int) (48 * Math.pow(random.nextDouble(), 3));
      String version = "1." + version();
      NextCheck next =
          NextCheck.of(SIX_HOURS, 1, NextCheck.placeOf(product, version), NOW, Optional.empty());
      double at = random.nextInt(WITHIN);
      for (int wave = 0; wave < WAVES; wave++) {
        arrivals[wave][(int) (at / 60)]++;
        at += chosen.applyAsDouble(next);
      }
    }
    double even = (double) ROUTERS / SIX_HOURS.toMinutes();
    double[] peaks = new double[WAVES];
    for (int wave = 0; wave < WAVES; wave++) {
      peaks[wave] = Arrays.stream(arrivals[wave]).max().orElseThrow() / even;
    }
    System.out.printf("busiest minute of each wave, times an even stream: %s%n", told(peaks));
    return peaks;
  }

  private int version() {
    int at = random.nextInt(100);
    return at < 80 ? 5 : at < 90 ? 4 : at < 95 ? 3 : at < 98 ? 2 : at < 99 ? 1 : 0;
  }

  private static String told(double[] peaks) {
    StringBuilder told = new StringBuilder();
    for (double peak : peaks) {
      told.append("%.1f ".formatted(peak));
    }
    return told.toString().trim();
  }
}
