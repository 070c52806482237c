package io.towncrier.notices.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.pacing.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpectedTimeTest {
  private static final Instant NOW = Instant.parse("2026-05-04T08:00:00Z");
  private static final Limits QUOTA = new Limits(600_000, 0.2, Duration.ofSeconds(60));
  private static final DueTimes AT_ONCE = new DueTimes.Everywhere(new Slot(NOW, Duration.ZERO));

  @Test
  void thePaceGrowsAtFirstAndAShareIsKeptForUrgentPushes() {
    // 264,000 within the ramp of a minute, then 8,000 a second.
    assertThat(seconds(264_000, AT_ONCE)).isEqualTo(60);
    assertThat(seconds(1_064_000, AT_ONCE)).isEqualTo(160);
    assertThat(seconds(80, AT_ONCE)).isEqualTo(1);
    assertThat(seconds(0, AT_ONCE)).isZero();
    assertThat(ExpectedTime.seconds(330_000, true, AT_ONCE, QUOTA, NOW)).isEqualTo(60);
  }

  @Test
  void anHourOfTheClockIsWaitedForAllAroundTheWorld() {
    DueTimes due =
        at(LocalTime.of(9, 0))
            .dueTimes(
                NOW,
                List.of(new Place("Pacific/Auckland", "NZ"), new Place("Pacific/Honolulu", "US")),
                Duration.ofMinutes(10));
    // Nine o'clock in Honolulu is 19:00 UTC, in Auckland 21:00 UTC.
    assertThat(seconds(10, due)).isEqualTo(Duration.ofHours(13).plusMinutes(10).toSeconds());
  }

  @Test
  void aSpreadIsAsLongAsItIsUnlessTheQuotaIsSlower() {
    DueTimes due = new DueTimes.Everywhere(new Slot(NOW, Duration.ofHours(1)));
    assertThat(seconds(10, due)).isEqualTo(3600);
    assertThat(seconds(80_000_000, due)).isGreaterThan(9_000);
  }

  private static Schedule at(LocalTime hour) {
    return new Schedule(new Schedule.When.AtLocalTime(hour, Optional.empty()), Duration.ZERO);
  }

  private static long seconds(long pushes, DueTimes due) {
    return ExpectedTime.seconds(pushes, false, due, QUOTA, NOW);
  }
}
