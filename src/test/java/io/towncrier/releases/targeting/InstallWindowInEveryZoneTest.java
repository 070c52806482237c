package io.towncrier.releases.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.CountryCode;
import io.towncrier.releases.targeting.InstallWindow.Hours;
import io.towncrier.releases.targeting.InstallWindow.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Install windows against a second telling of what they mean, in all zones of the world. */
class InstallWindowInEveryZoneTest {
  private static final Map<String, ZoneRules> ALL_ZONES = allZones();
  private static final List<ZoneRules> ALL_RULES = List.copyOf(ALL_ZONES.values());
  private static final List<String> COUNTRIES =
      List.of("US", "RU", "CL", "AU", "BR", "ES", "MX", "NZ", "KZ", "CD", "MN", "PT", "UA", "BV");

  /** A leap year: 366 days. */
  private static final Instant YEAR = Instant.parse("2028-01-01T00:00:00Z");

  private static final int HOURS_OF_YEAR = 366 * 24;
  private static final List<InstallWindow> WINDOWS =
      List.of(
          window("02:00", "04:00"),
          window("22:30", "05:15"),
          window("00:00", "00:30"),
          window("01:45", "02:15", DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));

  @Test
  void itIsWhatLookingAtTheClocksEveryMinuteFinds() {
    Random random = new Random(20_260_110);
    int never = 0;
    for (int i = 0; i < 6_000; i++) {
      LocalZones zones = someZones(random);
      Instant now = someMoment(random, zones.rules());
      InstallWindow window = someWindow(random, now, zones.rules());

      Optional<Opening> found = window.next(now, zones);

      assertThat(found)
          .as("case %d: %s from %s in %s", i, window, now, zones.rules())
          .isEqualTo(LocalMinutes.next(window, now, zones.rules()));
      never += found.isEmpty() ? 1 : 0;
    }
    assertThat(never).isBetween(100, 2_000);
  }

  @Test
  void noOpeningLiesOutsideOfLocalHoursInAnyZoneAtAnyHourOfAYear() {
    long openings = 0;
    for (ZoneRules zone : ALL_RULES) {
      LocalZones zones = new LocalZones(List.of(zone));
      for (InstallWindow window : WINDOWS) {
        Tally tally = tally(window, zone, now -> window.next(now, zones).orElseThrow());
        assertThat(tally.outside()).as("%s in %s", window, zone).isZero();
        openings += tally.openings();
      }
    }
    assertThat(openings).isGreaterThan(ALL_RULES.size() * 366L * (WINDOWS.size() - 1));
  }

  /** The same count, for hours that are added to midnight as if every day had 24 of them. */
  @Test
  void openingsThatForgetTheClocksAreCaught() {
    InstallWindow window = WINDOWS.get(0);
    Map<String, Integer> caught = new TreeMap<>();
    ALL_ZONES.forEach(
        (name, zone) -> {
          int outside = tally(window, zone, now -> naive(window, now, zone)).outside();
          if (outside > 0) {
            caught.put(name, outside);
          }
        });

    assertThat(caught).containsKeys("Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Chatham");
    assertThat(caught.keySet()).allMatch(name -> changesItsClocks(ALL_ZONES.get(name)));
    assertThat(caught).hasSizeGreaterThan(ALL_ZONES.size() / 4);
  }

  private static boolean changesItsClocks(ZoneRules zone) {
    ZoneOffsetTransition change = zone.nextTransition(YEAR.minus(1, ChronoUnit.DAYS));
    return change != null && change.getInstant().isBefore(YEAR.plus(367, ChronoUnit.DAYS));
  }

  private static Opening naive(InstallWindow window, Instant now, ZoneRules zone) {
    Hours hours = window.hours().orElseThrow();
    LocalDate today = LocalDateTime.ofInstant(now, zone.getOffset(now)).toLocalDate();
    for (LocalDate day = today; ; day = day.plusDays(1)) {
      LocalDateTime midnight = day.atStartOfDay();
      Instant start = midnight.toInstant(zone.getOffset(midnight));
      Instant opens = start.plus(Duration.between(LocalTime.MIDNIGHT, hours.from()));
      Instant closes = start.plus(Duration.between(LocalTime.MIDNIGHT, hours.to()));
      if (closes.isAfter(now)) {
        return new Opening(opens.isAfter(now) ? opens : now, Optional.of(closes));
      }
    }
  }

  private interface Plan {
    Opening next(Instant now);
  }

  /**
   * What a plan answers in the hours of a year.
   *
   * @param openings different ones, told apart by their ends
   * @param outside answers that let a device install outside of the window, or keep it waiting
   *     inside of it
   */
  private record Tally(int openings, int outside) {}

  private static Tally tally(InstallWindow window, ZoneRules zone, Plan plan) {
    int openings = 0;
    int outside = 0;
    Instant checkedFrom = YEAR;
    Instant checkedUpTo = YEAR;
    for (int hour = 0; hour < HOURS_OF_YEAR; hour++) {
      Instant now = YEAR.plus(hour, ChronoUnit.HOURS);
      Opening opening = plan.next(now);
      Instant closes = opening.closes().orElseThrow();
      boolean open = LocalMinutes.isInside(window, now, zone);
      outside += open == opening.opens().equals(now) && !opening.opens().isBefore(now) ? 0 : 1;
      // Most answers are the same as an hour before, or the rest of it.
      if (!closes.equals(checkedUpTo) || opening.opens().isBefore(checkedFrom)) {
        openings++;
        outside += isInsideThroughout(window, opening.opens(), closes, zone) ? 0 : 1;
        checkedFrom = opening.opens();
        checkedUpTo = closes;
      }
    }
    return new Tally(openings, outside);
  }

  /**
   * Both ends, each quarter of an hour, and both sides of each change of the clocks. With hours of
   * half an hour and more, whose ends are seen, nothing fits in between.
   */
  private static boolean isInsideThroughout(
      InstallWindow window, Instant opens, Instant closes, ZoneRules zone) {
    boolean inside = LocalMinutes.isInside(window, closes.minusNanos(1), zone);
    for (Instant at = opens; at.isBefore(closes); at = at.plus(15, ChronoUnit.MINUTES)) {
      inside &= LocalMinutes.isInside(window, at, zone);
    }
    ZoneOffsetTransition change = zone.nextTransition(opens);
    while (change != null && change.getInstant().isBefore(closes)) {
      inside &= LocalMinutes.isInside(window, change.getInstant().minusNanos(1), zone);
      inside &= LocalMinutes.isInside(window, change.getInstant(), zone);
      change = zone.nextTransition(change.getInstant());
    }
    return inside && !LocalMinutes.isInside(window, closes, zone);
  }

  private static LocalZones someZones(Random random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          LocalZones.of(
              Optional.empty(),
              Optional.of(new CountryCode(COUNTRIES.get(random.nextInt(COUNTRIES.size())))));
      case 1 -> new LocalZones(List.of(someRules(random), someRules(random)));
      default -> new LocalZones(List.of(someRules(random)));
    };
  }

  private static ZoneRules someRules(Random random) {
    return ALL_RULES.get(random.nextInt(ALL_RULES.size()));
  }

  /** In the years 1975 to 2069, half of them about a change of the clocks. */
  private static Instant someMoment(Random random, List<ZoneRules> zones) {
    Instant any =
        Instant.parse("1975-01-01T00:00:00Z").plusSeconds(random.nextLong(95L * 365 * 86_400));
    ZoneOffsetTransition change = zones.get(random.nextInt(zones.size())).nextTransition(any);
    if (change == null || random.nextBoolean()) {
      return random.nextBoolean() ? any : any.plusNanos(random.nextInt(1_000_000_000));
    }
    return change.getInstant().plus(random.nextInt(-40 * 60, 10 * 60), ChronoUnit.MINUTES);
  }

  private static InstallWindow someWindow(Random random, Instant now, List<ZoneRules> zones) {
    Optional<LocalDateTime> notBefore =
        random.nextInt(3) == 0 ? Optional.of(someNotBefore(random, now, zones)) : Optional.empty();
    if (notBefore.isPresent() && random.nextInt(3) == 0) {
      return new InstallWindow(Optional.empty(), Set.of(), notBefore);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (int i = random.nextInt(4); i > 0; i--) {
      days.add(DayOfWeek.of(1 + random.nextInt(7)));
    }
    return new InstallWindow(Optional.of(someHours(random)), days, notBefore);
  }

  /** Within days of a moment, half of them about a change of the clocks, and on its very minute. */
  private static LocalDateTime someNotBefore(Random random, Instant now, List<ZoneRules> zones) {
    ZoneOffsetTransition change = zones.get(random.nextInt(zones.size())).nextTransition(now);
    if (change != null && random.nextBoolean()) {
      return change.getDateTimeAfter().plusMinutes(random.nextInt(-5, 6) * 15L);
    }
    return LocalDateTime.ofInstant(now, ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.MINUTES)
        .plusMinutes(random.nextInt(-2 * 1_440, 3 * 1_440));
  }

  /** Mostly near the hours at which clocks change, of a minute's length up to nearly a day. */
  private static Hours someHours(Random random) {
    LocalTime near = LocalTime.of(23, 0).plusMinutes(random.nextInt(6 * 60));
    LocalTime from = random.nextInt(3) == 0 ? near.plusMinutes(random.nextInt(1_440)) : near;
    int longest = List.of(10, 90, 600, 1_439).get(random.nextInt(4));
    return new Hours(from, from.plusMinutes(1 + random.nextInt(longest)));
  }

  private static InstallWindow window(String from, String to, DayOfWeek... days) {
    Hours hours = new Hours(LocalTime.parse(from), LocalTime.parse(to));
    return new InstallWindow(Optional.of(hours), Set.of(days), Optional.empty());
  }

  /**
   * One name for each set of rules that some zone follows; the ones that a test names come first.
   */
  private static Map<String, ZoneRules> allZones() {
    List<String> names =
        new ArrayList<>(List.of("Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Chatham"));
    names.addAll(ZoneId.getAvailableZoneIds().stream().sorted().toList());
    Map<String, ZoneRules> zones = new TreeMap<>();
    Collection<ZoneRules> known = zones.values();
    for (String name : names) {
      ZoneRules rules = ZoneId.of(name).getRules();
      if (!known.contains(rules)) {
        zones.put(name, rules);
      }
    }
    return zones;
  }
}
