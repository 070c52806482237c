package io.towncrier.notices.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.CountryCode;
import io.towncrier.preferences.QuietHours;
import io.towncrier.releases.targeting.LocalZones;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhoIsToldTest {
  private static final QuietHours NIGHT = new QuietHours(LocalTime.of(20, 0), LocalTime.of(9, 0));

  @Test
  void byDayItIsNowAndByNightInTheMorning() {
    List<ZoneRules> berlin = List.of(ZoneId.of("Europe/Berlin").getRules());
    assertThat(day(berlin, "2026-07-01T10:00:00Z")).contains(at("2026-07-01T10:00:00Z"));
    assertThat(day(berlin, "2026-07-01T19:00:00Z")).contains(at("2026-07-02T07:00:00Z"));
  }

  @Test
  void aChangeOfTheClocksInTheNightIsReckonedWith() {
    List<ZoneRules> berlin = List.of(ZoneId.of("Europe/Berlin").getRules());
    assertThat(day(berlin, "2026-10-24T20:00:00Z")).contains(at("2026-10-25T08:00:00Z"));
  }

  @Test
  void ofAnUnknownZoneItIsDayInAllOfTheCountry() {
    // 09:00 in the west is 09:00 by the last clock of them.
    assertThat(day(rules("AU"), "2026-07-01T22:30:00Z").orElseThrow())
        .isBetween(at("2026-07-02T00:15:00Z"), at("2026-07-02T03:30:00Z"));
  }

  @Test
  void whereItIsNeverDayEverywhereNobodyIsTold() {
    assertThat(
            day(LocalZones.of(Optional.empty(), Optional.empty()).rules(), "2026-07-01T22:30:00Z"))
        .isEmpty();
  }

  private static List<ZoneRules> rules(String country) {
    return LocalZones.of(Optional.empty(), Optional.of(new CountryCode(country))).rules();
  }

  private static Optional<Instant> day(List<ZoneRules> clocks, String now) {
    return WhoIsTold.dayIn(clocks, NIGHT, at(now));
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
