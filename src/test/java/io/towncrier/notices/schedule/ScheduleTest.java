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
  void aMomentThatHasPassedIsADefectAndOneThatIsFarAway() {
    assertThat(at(NOW).defect(List.of(), NOW)).map(FieldError::field).contains("schedule.at");
    assertThat(at(NOW.plusSeconds(1)).defect(List.of(), NOW)).isEmpty();
    assertThat(at(NOW.plus(Duration.ofDays(400))).defect(List.of(), NOW)).isPresent();
    assertThat(local("2027-08-05", 2).defect(List.of(new Place("UTC", "DE")), NOW)).isPresent();
    assertThat(Schedule.AT_ONCE.defect(List.of(), NOW)).isEmpty();
  }

  @Test
  void whetherAnHourHasPassedIsAMatterOfTheZonesThatTheAudienceHas() {
    Place samoa = new Place("Pacific/Pago_Pago", "AS");
    Place hawaii = new Place("Pacific/Honolulu", "US");
    Place chatham = new Place("Pacific/Chatham", "NZ");
    // It is two in the morning of the fourth in Honolulu, and past midnight of the fifth in
    // Chatham.
    assertThat(local("2026-05-04", 3).defect(List.of(hawaii), NOW)).isEmpty();
    assertThat(local("2026-05-04", 2).defect(List.of(hawaii), NOW))
        .map(FieldError::field)
        .contains("schedule.date");
    assertThat(local("2026-05-04", 2).defect(List.of(samoa), NOW)).isEmpty();
    assertThat(local("2026-05-04", 3).defect(List.of(hawaii, chatham), NOW))
        .map(FieldError::message)
        .hasValueSatisfying(message -> assertThat(message).contains("NZ"));
    assertThat(local("2026-05-05", 2).defect(List.of(samoa, hawaii, chatham), NOW)).isEmpty();
    // A zone that we do not know may be any of its country: New York is the first of them.
    assertThat(local("2026-05-04", 8).defect(List.of(new Place("x", "US")), NOW)).isPresent();
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
