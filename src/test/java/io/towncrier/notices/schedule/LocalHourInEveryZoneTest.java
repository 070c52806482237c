package io.towncrier.notices.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every IANA zone, every day of a year and of one with odd changes, by a clock of our own. */
class LocalHourInEveryZoneTest {
  private static final Duration JITTER = Duration.ofMinutes(10);
  private static final List<LocalTime> HOURS =
      List.of(LocalTime.of(9, 0), LocalTime.of(2, 30), LocalTime.MIDNIGHT);

  @Test
  void everyDeviceIsDueOnceOnADateAndInTheHour() {
    List<String> outside = new ArrayList<>();
    long slots = 0;
    for (String zone : zones()) {
      for (LocalTime hour : HOURS) {
        Set<Instant> seen = new HashSet<>();
        for (LocalDate day = LocalDate.of(2026, 1, 1);
            day.isBefore(LocalDate.of(2027, 1, 2));
            day = day.plusDays(1)) {
          Slot slot =
              slot(zone, hour, Optional.of(day), Instant.parse("2025-01-01T00:00:00Z"))
                  .orElseThrow();
          slots++;
          note(outside, zone, slot, day.atTime(hour));
          if (!seen.add(slot.from())) {
            outside.add(zone + " twice at " + slot.from());
          }
        }
      }
    }
    assertThat(outside).isEmpty();
    assertThat(slots).isEqualTo((long) zones().size() * HOURS.size() * 366);
  }

  @Test
  void theNextHourIsAheadAndNoneIsSkippedWhileTheClockGoesOn() {
    List<String> wrong = new ArrayList<>();
    for (String zone : zones()) {
      Instant now = Instant.parse("2026-01-01T00:00:00Z");
      Instant end = now.plus(Duration.ofDays(366));
      int times = 0;
      while (now.isBefore(end)) {
        Slot slot = slot(zone, LocalTime.of(9, 0), Optional.empty(), now).orElseThrow();
        if (slot.from().isBefore(now)
            || Duration.between(now, slot.from()).compareTo(Duration.ofHours(26)) > 0) {
          wrong.add(zone + " " + now + " " + slot.from());
        }
        note(wrong, zone, slot, slot.from().atZone(ZoneId.of(zone)).toLocalDate().atTime(9, 0));
        times++;
        now = slot.end();
      }
      if (times < 366 || times > 367) {
        wrong.add(zone + " " + times + " times");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void anHourThatIsSkippedIsTheMomentOfTheChangeAndOfOneThatComesTwiceTheFirst() {
    assertThat(on("Europe/Berlin", "2026-03-29", LocalTime.of(2, 30)))
        .isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
    assertThat(on("Europe/Berlin", "2026-10-25", LocalTime.of(2, 30)))
        .isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
    // The day that Samoa left out.
    assertThat(on("Pacific/Apia", "2011-12-30", LocalTime.of(9, 0)))
        .isEqualTo(Instant.parse("2011-12-30T10:00:00Z"));
  }

  @Test
  void anUnknownZoneIsInTheHourByEveryClockOfItsCountryOrNowhere() {
    Instant now = Instant.parse("2026-06-01T00:00:00Z");
    Schedule.When.AtLocalTime nine =
        new Schedule.When.AtLocalTime(LocalTime.of(9, 0), Optional.empty());
    // Germany has one clock.
    assertThat(LocalHour.slot(LocalHour.clocksAt(new Place("Mars/Base", "DE")), nine, JITTER, now))
        .contains(new Slot(Instant.parse("2026-06-01T07:00:00Z"), JITTER));
    // Portugal has two, an hour apart.
    Place portugal = new Place("", "PT");
    assertThat(LocalHour.slot(LocalHour.clocksAt(portugal), nine, JITTER, now)).isEmpty();
    assertThat(LocalHour.slot(LocalHour.clocksAt(portugal), nine, Duration.ofHours(3), now))
        .contains(new Slot(Instant.parse("2026-06-01T09:00:00Z"), Duration.ofHours(2)));
    assertThat(
            LocalHour.slot(
                LocalHour.clocksAt(new Place("?", "?")), nine, Duration.ofHours(12), now))
        .isEmpty();
  }

  private static void note(List<String> outside, String zone, Slot slot, LocalDateTime hour) {
    ZoneId at = ZoneId.of(zone);
    ZoneOffsetTransition change = at.getRules().getTransition(hour);
    LocalDateTime from = slot.from().atZone(at).toLocalDateTime();
    LocalDateTime begins = change == null || !change.isGap() ? hour : change.getDateTimeAfter();
    if (!from.equals(begins) || !slot.over().equals(JITTER)) {
      outside.add(zone + " " + hour + " " + slot);
    }
  }

  private static Instant on(String zone, String date, LocalTime hour) {
    return slot(
            zone, hour, Optional.of(LocalDate.parse(date)), Instant.parse("2000-01-01T00:00:00Z"))
        .orElseThrow()
        .from();
  }

  private static Optional<Slot> slot(
      String zone, LocalTime hour, Optional<LocalDate> date, Instant now) {
    return LocalHour.slot(
        LocalHour.clocksAt(new Place(zone, "DE")),
        new Schedule.When.AtLocalTime(hour, date),
        JITTER,
        now);
  }

  private static List<String> zones() {
    return ZoneId.getAvailableZoneIds().stream()
        .filter(zone -> !zone.startsWith("SystemV/"))
        .sorted()
        .toList();
  }
}
