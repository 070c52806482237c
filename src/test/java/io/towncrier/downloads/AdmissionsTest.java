package io.towncrier.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionsTest {
  private static final long NOW = 1_800_000_000;
  private static final long DAY = 86_400;

  private final Admissions none = Admissions.none("DE", NOW);

  @Test
  void aDayEndsADayAfterItsFirstAsk() {
    Admissions one = none.and("2.0");

    assertThat(one.at("DE", NOW + DAY - 1)).isEqualTo(one);
    assertThat(one.at("DE", NOW + DAY)).isEqualTo(Admissions.none("DE", NOW + DAY));
  }

  @Test
  void theRegionStaysForTheDay() {
    assertThat(none.at("FR", NOW + 5).region()).isEqualTo("DE");
    assertThat(none.and("2.0").at("FR", NOW + DAY).region()).isEqualTo("FR");
  }

  @Test
  void fourReleasesAreTheMostOfADay() {
    Admissions three = none.and("1.1").and("1.2").and("1.3");
    assertThat(three.answer("2.0", NOW)).isEmpty();

    Admissions four = three.and("2.0");
    assertThat(four.answer("3.0", NOW)).contains(Answer.waits(Duration.ofDays(1)));
    assertThat(four.answer("1.10", NOW + DAY - 3)).contains(Answer.waits(Duration.ofMinutes(1)));
    assertThat(four.answer("1.1", NOW)).contains(Answer.ADMITTED);
    assertThat(four.at("DE", NOW + DAY).answer("3.0", NOW + DAY)).isEmpty();
  }

  @Test
  void aClockThatWasWrongLocksNobodyOut() {
    Admissions four = none.and("1").and("2").and("3").and("4");

    assertThat(four.at("DE", NOW - 60)).as("processes differ by so much").isEqualTo(four);
    assertThat(four.at("DE", NOW - 61)).isEqualTo(Admissions.none("DE", NOW - 61));
    long before = NOW - 400_000_000;
    assertThat(four.at("DE", before).answer("5", before)).isEmpty();
  }
}
