package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NextCheckTest {
  private static final Duration SIX_HOURS = Duration.ofHours(6);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void theMiddleIsTheUsualTimeAndTheSpreadATenth() {
    assertThat(usual(1, 0.5)).isEqualTo(new NextCheck(21_600, 2_160));
  }

  @Test
  void eachVersionOfAProductHasItsPlaceWithinATenthAndKeepsIt() {
    double place = NextCheck.placeOf("archer", "1.0");

    assertThat(place).isEqualTo(NextCheck.placeOf("archer", "1.0")).isBetween(0.0, 1.0);
    assertThat(usual(1, 0).seconds()).isEqualTo(19_440);
    assertThat(usual(1, 1).seconds()).isEqualTo(23_760);
  }

  @Test
  void versionsThatDifferLittleAreSpreadOverTheWholeTenth() {
    double[] places =
        IntStream.range(0, 10_000).mapToDouble(i -> NextCheck.placeOf("p", "1." + i)).toArray();

    assertThat(DoubleStream.of(places).average().orElseThrow()).isBetween(0.48, 0.52);
    for (int tenth = 0; tenth < 10; tenth++) {
      double from = tenth / 10.0;
      assertThat(DoubleStream.of(places).filter(p -> p >= from && p < from + 0.1).count())
          .as("part %d of ten", tenth)
          .isBetween(850L, 1150L);
    }
  }

  @Test
  void underLoadItIsLater() {
    assertThat(usual(4, 0.5)).isEqualTo(new NextCheck(86_400, 8_640));
  }

  @Test
  void whatBeginsSoonerIsComeBackForNotBeforeItBegins() {
    Instant opens = NOON.plusSeconds(1800);
    for (int i = 0; i <= 1000; i++) {
      NextCheck next = NextCheck.of(SIX_HOURS, 1, i / 1000.0, NOON, Optional.of(opens));
      assertThat(next.seconds() - next.spreadSeconds()).isBetween(1800L, 1800L + 301);
      assertThat(next.seconds() + next.spreadSeconds()).isLessThanOrEqualTo(1800L + 901);
      assertThat(next.spreadSeconds()).isEqualTo(300);
    }
  }

  @Test
  void whatBeginsLaterChangesNothing() {
    Optional<Instant> tomorrow = Optional.of(NOON.plus(Duration.ofDays(1)));

    assertThat(NextCheck.of(SIX_HOURS, 1, 0.5, NOON, tomorrow)).isEqualTo(usual(1, 0.5));
  }

  @Test
  void nobodyIsAskedToComeBackWithinAMinute() {
    for (int i = 0; i <= 10; i++) {
      Optional<Instant> now = Optional.of(NOON.plusMillis(1));
      NextCheck next = NextCheck.of(Duration.ofSeconds(5), 1, i / 10.0, NOON, now);

      assertThat(next.seconds() - next.spreadSeconds()).isGreaterThanOrEqualTo(60);
    }
  }

  @Test
  void whoWaitsForSomethingComesSoonerThanUsualAndNeverLater() {
    assertThat(NextCheck.after(Duration.ofMinutes(10))).isEqualTo(new NextCheck(600, 60));
    assertThat(NextCheck.after(Duration.ofHours(5))).isEqualTo(new NextCheck(18_000, 300));
    assertThat(NextCheck.after(Duration.ZERO)).isEqualTo(new NextCheck(60, 0));
    assertThat(NextCheck.after(Duration.ofSeconds(62))).isEqualTo(new NextCheck(62, 2));

    NextCheck usual = usual(1, 0.5);
    assertThat(usual.orSooner(NextCheck.after(Duration.ofMinutes(10))).seconds()).isEqualTo(600);
    assertThat(usual.orSooner(NextCheck.after(Duration.ofHours(9)))).isEqualTo(usual);
  }

  private static NextCheck usual(int load, double place) {
    return NextCheck.of(SIX_HOURS, load, place, NOON, Optional.empty());
  }
}
