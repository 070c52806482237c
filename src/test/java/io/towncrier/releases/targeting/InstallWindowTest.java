package io.towncrier.releases.targeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.CountryCode;
import io.towncrier.releases.targeting.InstallWindow.Hours;
import io.towncrier.releases.targeting.InstallWindow.Opening;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallWindowTest {
  private static final LocalZones UTC = zone("UTC");
  private static final LocalZones BERLIN = zone("Europe/Berlin");
  private static final LocalZones UNKNOWN = LocalZones.of(Optional.empty(), Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "2026-01-10T00:00:00Z, 2026-01-10T02:00:00Z, 2026-01-10T04:00:00Z",
    "2026-01-10T01:59:59.999Z, 2026-01-10T02:00:00Z, 2026-01-10T04:00:00Z",
    "2026-01-10T02:00:00Z, 2026-01-10T02:00:00Z, 2026-01-10T04:00:00Z",
    "2026-01-10T03:59:59.999Z, 2026-01-10T03:59:59.999Z, 2026-01-10T04:00:00Z",
    "2026-01-10T04:00:00Z, 2026-01-11T02:00:00Z, 2026-01-11T04:00:00Z",
    "2026-12-31T04:00:00.001Z, 2027-01-01T02:00:00Z, 2027-01-01T04:00:00Z"
  })
  void itIsOpenFromItsFirstMinuteUpToItsLast(String now, String opens, String closes) {
    assertThat(hours("02:00", "04:00").next(at(now), UTC)).contains(span(opens, closes));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-10T12:00:00Z, 2026-01-10T22:30:00Z, 2026-01-11T05:00:00Z",
    "2026-01-10T23:15:07Z, 2026-01-10T23:15:07Z, 2026-01-11T05:00:00Z",
    "2026-01-11T00:00:00Z, 2026-01-11T00:00:00Z, 2026-01-11T05:00:00Z",
    "2026-01-11T05:00:00Z, 2026-01-11T22:30:00Z, 2026-01-12T05:00:00Z"
  })
  void hoursMayGoPastMidnight(String now, String opens, String closes) {
    assertThat(hours("22:30", "05:00").next(at(now), UTC)).contains(span(opens, closes));
  }

  @Test
  void midnightItselfCanBeTheBeginningOrTheEnd() {
    assertThat(hours("00:00", "03:00").next(at("2026-01-10T12:00:00Z"), UTC))
        .contains(span("2026-01-11T00:00:00Z", "2026-01-11T03:00:00Z"));
    assertThat(hours("21:00", "00:00").next(at("2026-01-10T12:00:00Z"), UTC))
        .contains(span("2026-01-10T21:00:00Z", "2026-01-11T00:00:00Z"));
    assertThat(hours("21:00", "00:00").next(at("2026-01-11T00:00:00Z"), UTC))
        .contains(span("2026-01-11T21:00:00Z", "2026-01-12T00:00:00Z"));
  }

  @Test
  void theHoursOfTheDeviceCountAndNotThoseOfTheServer() {
    assertThat(hours("02:00", "04:00").next(at("2026-01-10T02:30:00Z"), zone("Asia/Kolkata")))
        .contains(span("2026-01-10T20:30:00Z", "2026-01-10T22:30:00Z"));
  }

  @Test
  void itBeginsOnItsDaysOnly() {
    InstallWindow weekend = hours("02:00", "04:00", DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    // 10 January 2026 is a Saturday.
    assertThat(weekend.next(at("2026-01-09T03:00:00Z"), UTC))
        .contains(span("2026-01-10T02:00:00Z", "2026-01-10T04:00:00Z"));
    assertThat(weekend.next(at("2026-01-10T04:00:00Z"), UTC))
        .contains(span("2026-01-11T02:00:00Z", "2026-01-11T04:00:00Z"));
    assertThat(weekend.next(at("2026-01-11T04:00:00Z"), UTC))
        .contains(span("2026-01-17T02:00:00Z", "2026-01-17T04:00:00Z"));
  }

  @Test
  void theDayOfHoursPastMidnightIsThatOfTheirBeginning() {
    InstallWindow fridayNight = hours("22:00", "06:00", DayOfWeek.FRIDAY);

    assertThat(fridayNight.next(at("2026-01-10T05:00:00Z"), UTC))
        .contains(span("2026-01-10T05:00:00Z", "2026-01-10T06:00:00Z"));
    assertThat(fridayNight.next(at("2026-01-09T05:00:00Z"), UTC))
        .contains(span("2026-01-09T22:00:00Z", "2026-01-10T06:00:00Z"));
    assertThat(fridayNight.next(at("2026-01-10T22:00:00Z"), UTC))
        .contains(span("2026-01-16T22:00:00Z", "2026-01-17T06:00:00Z"));
  }

  @Test
  void theDayIsThatOfTheDevice() {
    // In Auckland it is Saturday from Friday 11:00 UTC on.
    assertThat(
            hours("02:00", "04:00", DayOfWeek.SATURDAY)
                .next(at("2026-01-08T12:00:00Z"), zone("Pacific/Auckland")))
        .contains(span("2026-01-09T13:00:00Z", "2026-01-09T15:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    // Berlin goes from 02:00 to 03:00 at 01:00Z: what the gap skips does not come that day,
    "Europe/Berlin, 02:10, 02:40, 2026-03-28T12:00:00Z, 2026-03-30T00:10:00Z, 2026-03-30T00:40:00Z",
    // what begins in it begins with the change, and what ends in it ends with the change.
    "Europe/Berlin, 02:30, 05:00, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-29T03:00:00Z",
    "Europe/Berlin, 01:00, 02:30, 2026-03-28T12:00:00Z, 2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
    "Europe/Berlin, 01:00, 04:00, 2026-03-28T12:00:00Z, 2026-03-29T00:00:00Z, 2026-03-29T02:00:00Z",
    // It goes from 03:00 to 02:00 at 01:00Z: hours that hold the repeated one are longer,
    "Europe/Berlin, 01:00, 03:00, 2026-10-24T12:00:00Z, 2026-10-24T23:00:00Z, 2026-10-25T02:00:00Z",
    // and those that it leaves and enters again come twice.
    "Europe/Berlin, 02:30, 03:00, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z, 2026-10-25T01:00:00Z",
    "Europe/Berlin, 02:30, 03:00, 2026-10-25T01:00:00Z, 2026-10-25T01:30:00Z, 2026-10-25T02:00:00Z",
    "Europe/Berlin, 02:00, 02:30, 2026-10-24T12:00:00Z, 2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z",
    "Europe/Berlin, 02:00, 02:30, 2026-10-25T00:30:00Z, 2026-10-25T01:00:00Z, 2026-10-25T01:30:00Z",
    "Europe/Berlin, 22:00, 02:15, 2026-10-24T12:00:00Z, 2026-10-24T20:00:00Z, 2026-10-25T00:15:00Z",
    "Europe/Berlin, 22:00, 02:15, 2026-10-25T00:15:00Z, 2026-10-25T01:00:00Z, 2026-10-25T01:15:00Z",
    // Lord Howe changes by half an hour, at 02:00: back at 15:00Z, forward at 15:30Z.
    "Australia/Lord_Howe, 01:30, 02:00, 2026-04-04T10:00:00Z, 2026-04-04T14:30:00Z, 2026-04-04T15:30:00Z",
    "Australia/Lord_Howe, 01:45, 02:00, 2026-04-04T10:00:00Z, 2026-04-04T14:45:00Z, 2026-04-04T15:00:00Z",
    "Australia/Lord_Howe, 01:45, 02:00, 2026-04-04T15:00:00Z, 2026-04-04T15:15:00Z, 2026-04-04T15:30:00Z",
    "Australia/Lord_Howe, 02:00, 02:30, 2026-10-03T10:00:00Z, 2026-10-04T15:00:00Z, 2026-10-04T15:30:00Z",
    // Chatham goes from 02:45 to 03:45 at 14:00Z.
    "Pacific/Chatham, 03:00, 04:00, 2026-09-26T10:00:00Z, 2026-09-26T14:00:00Z, 2026-09-26T14:15:00Z",
    // Casablanca goes back for Ramadan, from 03:00 to 02:00 at 02:00Z, and forward after it.
    "Africa/Casablanca, 02:00, 04:00, 2026-02-14T12:00:00Z, 2026-02-15T01:00:00Z, 2026-02-15T04:00:00Z",
    "Africa/Casablanca, 02:00, 03:00, 2026-03-21T12:00:00Z, 2026-03-23T01:00:00Z, 2026-03-23T02:00:00Z",
    // Troll goes forward by two hours, from 01:00 to 03:00 at 01:00Z.
    "Antarctica/Troll, 02:00, 04:00, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
    "Antarctica/Troll, 01:00, 03:00, 2026-03-28T12:00:00Z, 2026-03-29T23:00:00Z, 2026-03-30T01:00:00Z",
    // Adak goes back from 02:00 to 01:00 at 11:00Z.
    "America/Adak, 01:00, 01:30, 2026-11-01T00:00:00Z, 2026-11-01T10:00:00Z, 2026-11-01T10:30:00Z",
    "America/Adak, 01:00, 01:30, 2026-11-01T10:30:00Z, 2026-11-01T11:00:00Z, 2026-11-01T11:30:00Z",
    // St John's goes forward from 02:00 to 03:00 at 05:30Z.
    "America/St_Johns, 02:00, 03:00, 2026-03-08T00:00:00Z, 2026-03-09T04:30:00Z, 2026-03-09T05:30:00Z",
    // Apia skipped the whole 30 December 2011, at 10:00Z.
    "Pacific/Apia, 02:00, 04:00, 2011-12-29T14:00:00Z, 2011-12-30T12:00:00Z, 2011-12-30T14:00:00Z",
    "Pacific/Apia, 22:00, 06:00, 2011-12-29T20:00:00Z, 2011-12-30T08:00:00Z, 2011-12-30T16:00:00Z"
  })
  void theClocksMayChange(
      String zone, String from, String to, String now, String opens, String closes) {
    assertThat(hours(from, to).next(at(now), zone(zone))).contains(span(opens, closes));
  }

  @Test
  void aDayThatIsSkippedComesAWeekLater() {
    LocalZones apia = zone("Pacific/Apia");

    assertThat(
            hours("02:00", "04:00", DayOfWeek.FRIDAY)
                .next(at("2011-12-23T14:00:00Z"), apia)) // Friday, 04:00
        .contains(span("2012-01-05T12:00:00Z", "2012-01-05T14:00:00Z"));
    // The night from it to Saturday begins where the clocks arrive.
    assertThat(hours("22:00", "06:00", DayOfWeek.FRIDAY).next(at("2011-12-28T00:00:00Z"), apia))
        .contains(span("2011-12-30T10:00:00Z", "2011-12-30T16:00:00Z"));
  }

  @Test
  void nothingIsInstalledBeforeItsLocalTime() {
    InstallWindow later = notBefore("2026-07-01T09:00:30");

    assertThat(later.next(at("2026-01-10T00:00:00Z"), BERLIN))
        .contains(new Opening(at("2026-07-01T07:00:30Z"), Optional.empty()));
    assertThat(later.next(at("2026-07-01T07:00:29.999Z"), BERLIN))
        .contains(new Opening(at("2026-07-01T07:00:30Z"), Optional.empty()));
    assertThat(later.next(at("2026-07-01T07:00:30.001Z"), BERLIN))
        .contains(new Opening(at("2026-07-01T07:00:30.001Z"), Optional.empty()));
    assertThat(later.next(at("2030-01-01T00:00:00Z"), BERLIN))
        .contains(new Opening(at("2030-01-01T00:00:00Z"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T02:30, 2026-03-29T01:00:00Z", // skipped: the change itself
    "2026-10-25T02:30, 2026-10-25T01:30:00Z", // passed twice: the second time
    "2026-10-25T02:59, 2026-10-25T01:59:00Z",
    "2026-10-25T02:00, 2026-10-25T00:00:00Z", // gone back to, but not over
    "2026-10-25T03:00, 2026-10-25T02:00:00Z"
  })
  void notBeforeIsExactWhereTheClocksChange(String local, String opens) {
    assertThat(notBefore(local).next(at("2026-01-10T00:00:00Z"), BERLIN))
        .contains(new Opening(at(opens), Optional.empty()));
  }

  @Test
  void hoursAndNotBeforeHoldBoth() {
    InstallWindow both =
        new InstallWindow(
            hours("02:00", "04:00").hours(),
            Set.of(),
            Optional.of(LocalDateTime.parse("2026-07-01T03:15")));

    assertThat(both.next(at("2026-01-10T00:00:00Z"), UTC))
        .contains(span("2026-07-01T03:15:00Z", "2026-07-01T04:00:00Z"));
    assertThat(both.next(at("2026-07-01T04:00:00Z"), UTC))
        .contains(span("2026-07-02T02:00:00Z", "2026-07-02T04:00:00Z"));
  }

  @Test
  void inACountryOnlyHoursThatAllItsZonesShareCount() {
    // In July Honolulu is 10 hours behind UTC, New York 4.
    assertThat(hours("00:00", "08:00").next(at("2026-07-01T00:00:00Z"), country("US")))
        .contains(span("2026-07-01T10:00:00Z", "2026-07-01T12:00:00Z"));
    assertThat(hours("02:00", "04:00").next(at("2026-07-01T00:00:00Z"), country("US"))).isEmpty();
    assertThat(hours("02:00", "04:00").next(at("2026-07-01T12:00:00Z"), country("DE")))
        .contains(span("2026-07-02T00:00:00Z", "2026-07-02T02:00:00Z"));
  }

  @Test
  void zonesThatChangeTheirClocksOnDifferentDaysShareLessInBetween() {
    // Easter Island is 2 hours behind Santiago; Punta Arenas does not go back with it in April.
    assertThat(hours("00:00", "04:00").next(at("2026-01-10T12:00:00Z"), country("CL")))
        .contains(span("2026-01-11T05:00:00Z", "2026-01-11T07:00:00Z"));
    assertThat(hours("00:00", "04:00").next(at("2026-06-10T12:00:00Z"), country("CL")))
        .contains(span("2026-06-11T06:00:00Z", "2026-06-11T07:00:00Z"));
  }

  @Test
  void notBeforeWaitsForTheLastZoneOfACountry() {
    assertThat(notBefore("2026-07-01T00:00").next(at("2026-01-10T00:00:00Z"), country("US")))
        .contains(new Opening(at("2026-07-01T10:00:00Z"), Optional.empty()));
    assertThat(notBefore("2026-07-01T00:00").next(at("2026-01-10T00:00:00Z"), UNKNOWN))
        .contains(new Opening(at("2026-07-01T12:00:00Z"), Optional.empty()));
  }

  @Test
  void somewhereItIsAlwaysOutsideOfTheHours() {
    assertThat(hours("02:00", "04:00").next(at("2026-01-10T00:00:00Z"), UNKNOWN)).isEmpty();
    assertThat(hours("04:00", "03:30").next(at("2026-01-10T00:00:00Z"), UNKNOWN)).isEmpty();
    assertThat(hours("04:00", "03:30", DayOfWeek.MONDAY).next(at("2026-01-10T00:00:00Z"), UNKNOWN))
        .isEmpty();
  }

  @Test
  void itLooksNoFurtherThanFifteenDays() {
    // Of these only the hours of winter are the same.
    LocalZones both =
        new LocalZones(
            List.of(ZoneId.of("Europe/Berlin").getRules(), ZoneId.of("Africa/Lagos").getRules()));
    InstallWindow window = hours("02:00", "03:00");

    assertThat(window.next(at("2026-10-10T01:00:00.999Z"), both)).isEmpty();
    assertThat(window.next(at("2026-10-10T01:00:01Z"), both))
        .contains(span("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"));
  }

  @Test
  void hoursNeedALengthInWholeMinutes() {
    LocalTime two = LocalTime.of(2, 0);

    assertThatThrownBy(() -> new Hours(two, two)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Hours(two, two.plusSeconds(30)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Hours(two.plusNanos(1), two.plusHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWindowNeedsHoursOrANotBefore() {
    assertThatThrownBy(() -> new InstallWindow(Optional.empty(), Set.of(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void daysNeedHours() {
    Optional<LocalDateTime> someday = notBefore("2026-07-01T00:00").notBefore();

    assertThatThrownBy(() -> new InstallWindow(Optional.empty(), Set.of(DayOfWeek.MONDAY), someday))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-07-01T00:00:00.001", "1969-12-31T23:59:59", "+10000-01-01T00:00"})
  void aNotBeforeIsAnOrdinaryTimeToTheSecond(String local) {
    assertThatThrownBy(() -> notBefore(local)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00", "9999-12-31T23:59:59"})
  void theFarthestNotBeforeIsStillAnswered(String local) {
    InstallWindow far =
        new InstallWindow(
            hours("02:00", "04:00").hours(), Set.of(), Optional.of(LocalDateTime.parse(local)));

    assertThat(far.next(at("2026-01-10T00:00:00Z"), BERLIN)).isPresent();
    assertThat(far.next(at("2026-01-10T00:00:00Z"), UNKNOWN)).isEmpty();
  }

  @Test
  void aWindowKeepsACopyOfItsDays() {
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.MONDAY);
    InstallWindow window =
        new InstallWindow(hours("02:00", "04:00").hours(), days, Optional.empty());
    days.clear();

    assertThat(window.days()).containsExactly(DayOfWeek.MONDAY);
  }

  @Test
  void anOpeningNeedsALength() {
    Instant now = at("2026-01-10T00:00:00Z");

    assertThatThrownBy(() -> new Opening(now, Optional.of(now)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static InstallWindow hours(String from, String to, DayOfWeek... days) {
    Hours hours = new Hours(LocalTime.parse(from), LocalTime.parse(to));
    return new InstallWindow(Optional.of(hours), Set.of(days), Optional.empty());
  }

  private static InstallWindow notBefore(String local) {
    return new InstallWindow(Optional.empty(), Set.of(), Optional.of(LocalDateTime.parse(local)));
  }

  private static Opening span(String opens, String closes) {
    return new Opening(at(opens), Optional.of(at(closes)));
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }

  private static LocalZones zone(String name) {
    return LocalZones.of(Optional.of(ZoneId.of(name)), Optional.empty());
  }

  private static LocalZones country(String code) {
    return LocalZones.of(Optional.empty(), Optional.of(new CountryCode(code)));
  }
}
