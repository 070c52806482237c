package io.towncrier.notices.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
  private static final Duration JITTER = Duration.ofMinutes(10);

  @Test
  void aMomentThatHasPassedIsADefectAndSoIsAnHourThatHasPassedSomewhere() {
    assertThat(at(NOW).defect(NOW)).map(FieldError::field).contains("schedule.at");
    assertThat(at(NOW.plusSeconds(1)).defect(NOW)).isEmpty();
    assertThat(at(NOW.plus(Duration.ofDays(400))).defect(NOW)).isPresent();
    // It is two in the morning of the fifth in the Line Islands.
    assertThat(local("2026-05-05", 2).defect(NOW)).map(FieldError::field).contains("schedule.date");
    assertThat(local("2026-05-05", 3).defect(NOW)).isEmpty();
    assertThat(Schedule.AT_ONCE.defect(NOW)).isEmpty();
  }

  @Test
  void nobodyIsDueOnTheHourItself() {
    DueTimes due =
        local("2026-05-06", 9)
            .dueTimes(NOW, List.of(new Place("Asia/Tokyo", "JP"), new Place("x", "US")), JITTER);
    assertThat(due.first()).contains(Instant.parse("2026-05-06T00:01:00Z"));
    assertThat(due.last()).contains(Instant.parse("2026-05-06T00:10:00Z"));
    assertThat(((DueTimes.ByPlace) due).without()).containsExactly(new Place("x", "US"));
  }

  @Test
  void withoutAnHourEverybodyIsDueFromNowOn() {
    Schedule spread = new Schedule(new Schedule.When.AtOnce(), Duration.ofHours(1));
    assertThat(spread.dueTimes(NOW, List.of(), JITTER))
        .isEqualTo(new DueTimes.Everywhere(new Slot(NOW, Duration.ofHours(1))));
    assertThat(Schedule.AT_ONCE.over(JITTER)).isZero();
    assertThat(local("2026-05-06", 9).over(JITTER)).isEqualTo(JITTER);
  }

  private static Schedule at(Instant moment) {
    return new Schedule(new Schedule.When.At(moment), Duration.ZERO);
  }

  private static Schedule local(String date, int hour) {
    return new Schedule(
        new Schedule.When.AtLocalTime(LocalTime.of(hour, 0), Optional.of(LocalDate.parse(date))),
        Duration.ZERO);
  }
}
