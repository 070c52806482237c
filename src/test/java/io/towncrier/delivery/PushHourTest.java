package io.towncrier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushHourTest {
  private static final PushHour NINE = hour("09:00", Duration.ZERO);

  @ParameterizedTest
  @CsvSource({
    "09:00, 07:00, 07:00",
    "09:00, 07:59, 07:59",
    "09:00, 08:59, 08:59",
    "09:30, 08:59, 08:59",
    "09:00, 06:59, 07:00",
    "23:30, 22:30, 22:30"
  })
  void untilTheHourAfterIsOverItIsInTime(String time, String now, String sent) {
    assertThat(next(hour(time, Duration.ZERO), "2026-07-01T" + now + ":00Z", "Europe/Berlin"))
        .isEqualTo(now.equals(sent) ? Optional.empty() : at("2026-07-01T" + sent + ":00Z"));
  }

  @Test
  void afterItItIsTheNextDays() {
    assertThat(next(NINE, "2026-07-01T09:00:00Z", "Europe/Berlin"))
        .isEqualTo(at("2026-07-02T07:00:00Z"));
    assertThat(next(NINE, "2026-07-01T21:00:00Z", "Europe/Berlin"))
        .isEqualTo(at("2026-07-02T07:00:00Z"));
  }

  @Test
  void theSpreadComesOnTop() {
    PushHour spread = hour("09:00", Duration.ofHours(3));
    assertThat(next(spread, "2026-07-01T11:59:00Z", "Europe/Berlin")).isEmpty();
    assertThat(next(spread, "2026-07-01T12:00:00Z", "Europe/Berlin")).isPresent();
    assertThat(next(hour("09:00", Duration.ofHours(22)), "2026-07-01T06:00:00Z", "Asia/Tokyo"))
        .isEmpty();
  }

  @Test
  void aSkippedHourIsTheMomentOfTheChange() {
    PushHour skipped = hour("02:30", Duration.ZERO);
    assertThat(next(skipped, "2026-03-29T00:00:00Z", "Europe/Berlin"))
        .isEqualTo(at("2026-03-29T01:00:00Z"));
    assertThat(next(skipped, "2026-03-29T01:00:00Z", "Europe/Berlin")).isEmpty();
  }

  @Test
  void ofSeveralClocksItIsTheHourByAll() {
    assertThat(next(NINE, "2026-07-01T07:30:00Z", "Europe/Berlin", "Europe/London"))
        .isEqualTo(at("2026-07-01T08:00:00Z"));
    assertThat(next(NINE, "2026-07-01T08:30:00Z", "Europe/Berlin", "Europe/London")).isEmpty();
    assertThat(next(NINE, "2026-07-01T09:00:00Z", "Europe/Berlin", "Europe/London"))
        .isEqualTo(at("2026-07-02T08:00:00Z"));
  }

  @Test
  void whereItIsNeverTheHourByAllItIsNotNow() {
    assertThat(next(NINE, "2026-07-01T07:30:00Z", "Europe/Berlin", "Asia/Tokyo")).isPresent();
  }

  @Test
  void quietHoursOverItPutItOffAsAWhole() {
    Instant quietEnd = Instant.parse("2026-07-01T10:00:00Z");
    ZoneRules utc = ZoneId.of("UTC").getRules();
    for (String now : List.of("2026-07-01T10:00:00Z", "2026-07-01T11:59:00Z")) {
      assertThat(
              NINE.nextUnlessNow(
                  List.of(utc), at -> at.isBefore(quietEnd) ? quietEnd : at, Instant.parse(now)))
          .isEmpty();
    }
  }

  // Every zone, every half hour of a year with its changes: never outside, and always once a day.
  @Test
  void inEveryZoneTheNextMomentIsTheHour() {
    for (String id : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(id);
      List<ZoneRules> clocks = List.of(zone.getRules());
      Instant now = Instant.parse("2026-01-01T00:07:00Z");
      for (int i = 0; i < 366 * 3; i++) {
        now = now.plus(Duration.ofHours(8));
        Instant asked = now;
        Instant sent = NINE.nextUnlessNow(clocks, at -> at, now).orElse(asked);
        assertThat(sent.atZone(zone).getHour()).as("%s at %s", zone, now).isIn(9, 10);
        assertThat(Duration.between(now, sent)).isLessThan(Duration.ofHours(26));
      }
    }
  }

  private static PushHour hour(String time, Duration over) {
    return new PushHour(LocalTime.parse(time), over);
  }

  private static Optional<Instant> at(String text) {
    return Optional.of(Instant.parse(text));
  }

  private static Optional<Instant> next(PushHour hour, String now, String... zones) {
    return hour.nextUnlessNow(
        Stream.of(zones).map(zone -> ZoneId.of(zone).getRules()).toList(),
        at -> at,
        Instant.parse(now));
  }
}
