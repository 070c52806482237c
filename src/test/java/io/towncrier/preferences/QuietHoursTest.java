package io.towncrier.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuietHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId CHATHAM = ZoneId.of("Pacific/Chatham");
  private static final List<QuietHours> SEVERAL =
      List.of(
          quiet("22:00", "07:00"),
          quiet("13:00", "14:30"),
          quiet("23:30", "02:30"),
          quiet("20:00", "00:30"),
          quiet("00:00", "03:15"),
          quiet("06:00", "05:00"));

  @ParameterizedTest
  @CsvSource({
    "2026-01-10T23:00, 2026-01-11T07:00",
    "2026-01-10T22:00, 2026-01-11T07:00",
    "2026-01-10T23:59:59.999, 2026-01-11T07:00",
    "2026-01-11T00:00, 2026-01-11T07:00",
    "2026-01-11T06:59:59.999, 2026-01-11T07:00",
    "2026-12-31T23:00, 2027-01-01T07:00"
  })
  void pastMidnightTheyEndInTheMorning(LocalDateTime now, LocalDateTime end) {
    assertThat(quiet("22:00", "07:00").endAfter(at(now, BERLIN), BERLIN)).contains(at(end, BERLIN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-10T07:00", "2026-01-10T12:00", "2026-01-10T21:59:59.999"})
  void outsideOfThemNothingWaitsForTheMorning(LocalDateTime now) {
    assertThat(quiet("22:00", "07:00").endAfter(at(now, BERLIN), BERLIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-10T12:59:59.999, ",
    "2026-01-10T13:00, 2026-01-10T14:30",
    "2026-01-10T14:29:59.999, 2026-01-10T14:30",
    "2026-01-10T14:30, ",
    "2026-01-10T00:00, "
  })
  void withinADayTheyEndOnThatDay(LocalDateTime now, LocalDateTime end) {
    assertThat(quiet("13:00", "14:30").endAfter(at(now, BERLIN), BERLIN))
        .isEqualTo(Optional.ofNullable(end).map(local -> at(local, BERLIN)));
  }

  @Test
  void midnightItselfCanBeTheEndOrTheBeginning() {
    assertThat(quiet("22:00", "00:00").endAfter(utc("2026-01-10T23:00:00Z"), ZoneId.of("UTC")))
        .contains(utc("2026-01-11T00:00:00Z"));
    assertThat(quiet("00:00", "06:00").endAfter(utc("2026-01-10T00:00:00Z"), ZoneId.of("UTC")))
        .contains(utc("2026-01-10T06:00:00Z"));
    assertThat(quiet("00:00", "06:00").endAfter(utc("2026-01-10T23:00:00Z"), ZoneId.of("UTC")))
        .isEmpty();
  }

  @Test
  void theHoursOfTheDeviceCountAndNotThoseOfTheServer() {
    Instant noonInUtc = utc("2026-01-10T12:00:00Z");

    assertThat(quiet("22:00", "07:00").endAfter(noonInUtc, BERLIN)).isEmpty();
    assertThat(quiet("22:00", "07:00").endAfter(noonInUtc, CHATHAM))
        .contains(at(LocalDateTime.parse("2026-01-11T07:00"), CHATHAM));
  }

  @Test
  void quietHoursWithoutALengthAreNone() {
    LocalTime ten = LocalTime.of(22, 0);

    assertThatThrownBy(() -> new QuietHours(ten, ten)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNightInWhichTheClocksGoForwardIsAnHourShorter() {
    Instant evening = at(LocalDateTime.parse("2026-03-28T22:00"), BERLIN);

    assertThat(quiet("22:00", "07:00").endAfter(evening, BERLIN))
        .contains(evening.plus(Duration.ofHours(8)));
  }

  @Test
  void theNightInWhichTheClocksGoBackIsAnHourLonger() {
    Instant evening = at(LocalDateTime.parse("2026-10-24T22:00"), BERLIN);

    assertThat(quiet("22:00", "07:00").endAfter(evening, BERLIN))
        .contains(evening.plus(Duration.ofHours(10)));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z", // 02:30 is skipped, 03:00 is next
    "Pacific/Chatham, 2026-09-26T13:30:00Z, 2026-09-26T14:00:00Z" // 03:00 is skipped, 03:45 is next
  })
  void anEndThatTheClocksSkipIsTheFirstMomentThatExists(ZoneId zone, Instant now, Instant end) {
    LocalTime to = zone.equals(BERLIN) ? LocalTime.of(2, 30) : LocalTime.of(3, 0);

    assertThat(new QuietHours(LocalTime.of(22, 0), to).endAfter(now, zone)).contains(end);
  }

  @Test
  void quietHoursThatTheClocksSkipAsAWholeDoNotComeThatDay() {
    QuietHours skipped = quiet("02:10", "02:40");

    assertThat(skipped.endAfter(utc("2026-03-29T00:59:59Z"), BERLIN)).isEmpty();
    assertThat(skipped.endAfter(utc("2026-03-29T01:00:00Z"), BERLIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-25T00:10:00Z, 2026-10-25T00:30:00Z", // 02:10 summer time
    "2026-10-25T00:45:00Z, ", // 02:45 summer time
    "2026-10-25T01:10:00Z, 2026-10-25T01:30:00Z", // 02:10 winter time
    "2026-10-25T01:30:00Z, " // 02:30 winter time
  })
  void anHourThatComesTwiceIsQuietTwice(Instant now, Instant end) {
    assertThat(quiet("22:00", "02:30").endAfter(now, BERLIN)).isEqualTo(Optional.ofNullable(end));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-04-04T13:05:00Z, 2026-04-04T13:15:00Z", // 02:50 at +13:45
    "2026-04-04T13:20:00Z, ", // 03:05 at +13:45
    "2026-04-04T14:05:00Z, 2026-04-04T14:15:00Z", // 02:50 at +12:45
    "2026-04-04T14:15:00Z, " // 03:00 at +12:45
  })
  void anHourThatComesTwiceInAnOddZoneIsQuietTwice(Instant now, Instant end) {
    assertThat(quiet("22:00", "03:00").endAfter(now, CHATHAM)).isEqualTo(Optional.ofNullable(end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "Pacific/Chatham",
        "America/Havana",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "Antarctica/Troll"
      })
  void inEveryHourOfAYearTheEndIsTheFirstMomentThatIsNotQuiet(ZoneId zone) {
    for (QuietHours quiet : SEVERAL) {
      Instant now = utc("2026-01-01T00:20:00Z");
      for (int hour = 0; hour < 8_760; hour++, now = now.plus(Duration.ofHours(1))) {
        Optional<Instant> end = quiet.endAfter(now, zone);

        assertThat(end.isPresent())
            .as("%s %s %s", quiet, zone, now)
            .isEqualTo(holds(quiet, now, zone));
        if (end.isPresent()) {
          assertThat(end.get()).as("%s %s %s", quiet, zone, now).isAfter(now);
          assertThat(holds(quiet, end.get(), zone)).as("%s %s %s", quiet, zone, now).isFalse();
          assertQuietUntil(end.get(), quiet, now, zone);
        }
      }
    }
  }

  private static void assertQuietUntil(Instant end, QuietHours quiet, Instant now, ZoneId zone) {
    assertThat(holds(quiet, end.minusSeconds(60), zone))
        .as("%s %s %s: the minute before %s", quiet, zone, now, end)
        .isTrue();
    for (Instant t = now; t.isBefore(end); t = t.plusSeconds(1800)) {
      assertThat(holds(quiet, t, zone)).as("%s %s %s: at %s", quiet, zone, now, t).isTrue();
    }
  }

  // Written differently from the code under test: minutes since the beginning, around the clock.
  private static boolean holds(QuietHours quiet, Instant instant, ZoneId zone) {
    long day = Duration.ofDays(1).toSeconds();
    long from = quiet.from().toSecondOfDay();
    long since = Math.floorMod(instant.atZone(zone).toLocalTime().toSecondOfDay() - from, day);
    return since < Math.floorMod(quiet.to().toSecondOfDay() - from, day);
  }

  private static QuietHours quiet(String from, String to) {
    return new QuietHours(LocalTime.parse(from), LocalTime.parse(to));
  }

  private static Instant at(LocalDateTime local, ZoneId zone) {
    return local.atZone(zone).toInstant();
  }

  private static Instant utc(String instant) {
    return Instant.parse(instant);
  }
}
