package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NextCheckTest {
  private static final Duration SIX_HOURS = Duration.ofHours(6);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void whoHasNoCohortComesInTheMiddle() {
    assertThat(usual(1, Optional.empty())).isEqualTo(SIX_HOURS.toSeconds());
  }

  @Test
  void aCohortHasItsPlaceWithinATenthAndKeepsIt() {
    long first = usual(1, Optional.of("c-1"));

    assertThat(first).isBetween(19_440L, 23_760L).isEqualTo(usual(1, Optional.of("c-1")));
  }

  @Test
  void cohortsThatDifferLittleAreSpreadOverTheWholeTenth() {
    long[] places =
        IntStream.range(0, 10_000).mapToLong(i -> usual(1, Optional.of("c-" + i))).toArray();

    assertThat(LongStream.of(places).average().orElseThrow()).isBetween(21_500.0, 21_700.0);
    for (int tenth = 0; tenth < 10; tenth++) {
      long from = 19_440 + tenth * 432L;
      assertThat(LongStream.of(places).filter(p -> p >= from && p < from + 432).count())
          .as("part %d of ten", tenth)
          .isBetween(850L, 1150L);
    }
  }

  @Test
  void underLoadItIsLater() {
    assertThat(usual(4, Optional.empty())).isEqualTo(4 * SIX_HOURS.toSeconds());
  }

  @Test
  void whatBeginsSoonerIsComeBackForNotBeforeItBegins() {
    Instant opens = NOON.plusSeconds(1800);
    for (int i = 0; i < 1000; i++) {
      long seconds =
          NextCheck.seconds(SIX_HOURS, 1, Optional.of("c-" + i), NOON, Optional.of(opens));
      assertThat(seconds).isBetween(1800L, 1800L + 601);
    }
  }

  @Test
  void whatBeginsLaterChangesNothing() {
    Optional<Instant> tomorrow = Optional.of(NOON.plus(Duration.ofDays(1)));

    assertThat(NextCheck.seconds(SIX_HOURS, 1, Optional.empty(), NOON, tomorrow))
        .isEqualTo(SIX_HOURS.toSeconds());
  }

  @Test
  void nobodyIsAskedToComeBackWithinAMinute() {
    Optional<Instant> now = Optional.of(NOON.plusMillis(1));

    assertThat(NextCheck.seconds(Duration.ofSeconds(5), 1, Optional.empty(), NOON, now))
        .isEqualTo(NextCheck.MIN_SECONDS);
  }

  private static long usual(int load, Optional<String> cohort) {
    return NextCheck.seconds(SIX_HOURS, load, cohort, NOON, Optional.empty());
  }
}
