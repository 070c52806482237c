package io.towncrier.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZoneIdTest {
  private static final Instant WINTER = Instant.parse("2026-01-15T00:00:00Z");
  private static final Instant SUMMER = Instant.parse("2026-07-15T00:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {"Europe/Berlin", "Pacific/Chatham", "America/Argentina/Ushuaia", "UTC", "Etc/UTC"})
  void namesOfTheDatabaseAreKnown(String name) {
    assertThat(TimeZoneId.parse(name)).contains(ZoneId.of(name));
  }

  @ParameterizedTest
  @CsvSource({
    "Asia/Calcutta, Asia/Kolkata",
    "US/Pacific, America/Los_Angeles",
    "Asia/Saigon, Asia/Ho_Chi_Minh",
    "America/Buenos_Aires, America/Argentina/Buenos_Aires",
    "Europe/Kiev, Europe/Kyiv"
  })
  void renamedZonesKeepWorkingAndKeepTheSameTime(String old, String current) {
    assertThat(TimeZoneId.parse(old)).isPresent();
    ZoneId zone = TimeZoneId.parse(old).orElseThrow();
    ZoneId today = TimeZoneId.parse(current).orElseThrow();
    assertThat(zone.getRules().getOffset(WINTER)).isEqualTo(today.getRules().getOffset(WINTER));
    assertThat(zone.getRules().getOffset(SUMMER)).isEqualTo(today.getRules().getOffset(SUMMER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+02:00", "-05:00", "Z", "UTC+2", "GMT+02:00", "UT+1", "+2"})
  void anOffsetIsNoZone(String text) {
    assertThat(TimeZoneId.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mars/Olympus",
        "europe/berlin",
        "Europe/Berlin ",
        "Europe",
        "../../etc/passwd",
        "SystemV/EST5EDT"
      })
  void whatTheDatabaseDoesNotNameIsRefused(String text) {
    assertThat(TimeZoneId.parse(text)).isEmpty();
  }

  @Test
  void noJdkAdditionIsTakenForAName() {
    assertThat(ZoneId.getAvailableZoneIds())
        .filteredOn(id -> TimeZoneId.parse(id).isEmpty())
        .allMatch(id -> id.startsWith("SystemV/"));
  }
}
