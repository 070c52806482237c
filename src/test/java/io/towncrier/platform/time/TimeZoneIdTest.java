package io.towncrier.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
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

  @ParameterizedTest
  @CsvSource({
    "europe/berlin, Europe/Berlin",
    "EUROPE/LISBON, Europe/Lisbon",
    ":Asia/Tokyo, Asia/Tokyo",
    "/usr/share/zoneinfo/America/Denver, America/Denver",
    "../usr/share/zoneinfo/posix/Asia/Kolkata, Asia/Kolkata",
    "right/Africa/Nairobi, Africa/Nairobi",
    "America/New York, America/New_York",
    "America/Port+of+Spain, America/Port_of_Spain",
    "etc/gmt+5, Etc/GMT+5",
    "utc, UTC",
    "EST, America/Panama",
    "hst, Pacific/Honolulu"
  })
  void theSystemsOfDevicesWriteNamesInTheirOwnWays(String written, String meant) {
    assertThat(TimeZoneId.ofDevice(written)).contains(ZoneId.of(meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "<+0330>-3:30",
        "EET-2EEST",
        "GMT+2",
        "UTC-05:00",
        "Europe",
        "Berlin",
        "Europe/Atlantis",
        "/usr/share/zoneinfo/",
        "posix/posix/UTC",
        "SystemV/EST5EDT",
        "+",
        ":",
        "Local time zone must be set--see zic manual page"
      })
  void whatNamesNoZoneIsNoneOfADevice(String text) {
    assertThat(TimeZoneId.ofDevice(text)).isEmpty();
  }

  @Test
  void everyNameIsKnownInEveryCase() {
    for (String id : ZoneId.getAvailableZoneIds()) {
      TimeZoneId.parse(id)
          .ifPresent(
              zone -> {
                assertThat(TimeZoneId.ofDevice(id)).contains(zone);
                assertThat(TimeZoneId.ofDevice(id.toUpperCase(Locale.ROOT))).contains(zone);
                assertThat(TimeZoneId.nameOf(zone)).isEqualTo(id);
              });
    }
  }

  @Test
  void noJdkAdditionIsTakenForAName() {
    assertThat(ZoneId.getAvailableZoneIds())
        .filteredOn(id -> id.indexOf(ZoneData.MARK) < 0 && TimeZoneId.parse(id).isEmpty())
        .allMatch(id -> id.startsWith("SystemV/"));
  }
}
