package io.towncrier.releases.targeting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.towncrier.platform.CountryCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalZonesTest {
  private static final Path ZONEINFO = Path.of("/usr/share/zoneinfo");
  private static final Optional<CountryCode> GERMANY = Optional.of(new CountryCode("DE"));
  private static final Optional<CountryCode> BOUVET_ISLAND = Optional.of(new CountryCode("BV"));

  /** Names that the first JDK 17 lacks, and what stands for them; the file's head says it too. */
  private static final Map<String, String> STAND_INS =
      Map.of(
          "Europe/Kyiv", "Europe/Kiev",
          "Pacific/Kanton", "Pacific/Enderbury",
          "America/Ciudad_Juarez", "America/Denver",
          "America/Coyhaique", "America/Punta_Arenas");

  @Test
  void aKnownZoneSaysMoreThanTheCountry() {
    ZoneId chatham = ZoneId.of("Pacific/Chatham");

    assertThat(LocalZones.of(Optional.of(chatham), GERMANY).rules())
        .containsExactly(chatham.getRules());
    assertThat(LocalZones.of(Optional.of(chatham), Optional.empty()).rules())
        .containsExactly(chatham.getRules());
  }

  @Test
  void withoutAZoneThoseOfTheCountryCount() {
    assertThat(LocalZones.of(Optional.empty(), GERMANY).rules())
        .contains(rules("Europe/Berlin"), rules("Europe/Busingen"));
    assertThat(LocalZones.of(Optional.empty(), Optional.of(new CountryCode("IN"))).rules())
        .containsExactly(rules("Asia/Kolkata"));
  }

  @Test
  void withNeitherEveryOffsetInUseCounts() {
    LocalZones everywhere = LocalZones.of(Optional.empty(), Optional.empty());
    Instant in2026 = Instant.parse("2026-01-10T00:00:00Z");

    assertThat(everywhere.rules()).hasSize(26 * 4 + 1).allMatch(ZoneRules::isFixedOffset);
    for (String name : ZoneId.getAvailableZoneIds()) {
      ZoneRules zone = rules(name);
      assertThat(everywhere.rules())
          .as(name)
          .contains(zone.getOffset(in2026).getRules())
          .contains(zone.getOffset(in2026.plusSeconds(180L * 86_400)).getRules());
    }
  }

  @Test
  void aCountryWithoutZonesIsAnywhere() {
    assertThat(LocalZones.of(Optional.empty(), BOUVET_ISLAND))
        .isSameAs(LocalZones.of(Optional.empty(), Optional.empty()));
  }

  @Test
  void theSameQuestionMakesNothingAnew() {
    Optional<ZoneId> berlin = Optional.of(ZoneId.of("Europe/Berlin"));

    assertThat(LocalZones.of(berlin, GERMANY)).isSameAs(LocalZones.of(berlin, Optional.empty()));
    assertThat(LocalZones.of(Optional.empty(), GERMANY))
        .isSameAs(LocalZones.of(Optional.empty(), GERMANY));
  }

  @Test
  void idsMadeOfAnOffsetDoNotFillTheMemory() {
    for (String id : List.of("+05:45:01", "UTC+05:45:01")) {
      Optional<ZoneId> zone = Optional.of(ZoneId.of(id));
      LocalZones zones = LocalZones.of(zone, Optional.empty());

      assertThat(zones.rules()).containsExactly(ZoneOffset.of("+05:45:01").getRules());
      assertThat(LocalZones.of(zone, Optional.empty())).isNotSameAs(zones);
    }
  }

  @Test
  void zonesWithEqualRulesAreOne() {
    assertThat(new LocalZones(List.of(rules("Asia/Kolkata"), rules("Asia/Calcutta"))).rules())
        .hasSize(1);
  }

  @Test
  void aCountryWithAZoneThatTheJdkIsTooOldForIsAnywhere() {
    Map<CountryCode, LocalZones> read =
        CountryZones.read(
            Stream.of("# a comment", "FR\tEurope/Paris", "DE\tEurope/Berlin,Europe/Utopia"));

    assertThat(read).containsOnlyKeys(new CountryCode("FR"), new CountryCode("DE"));
    assertThat(read.get(new CountryCode("FR")).rules()).containsExactly(rules("Europe/Paris"));
    assertThat(read.get(new CountryCode("DE"))).isSameAs(LocalZones.EVERYWHERE);
  }

  @Test
  void everyZoneOfTheFileExists() throws IOException {
    SortedMap<String, List<String>> file = file();

    assertThat(ZoneId.getAvailableZoneIds())
        .containsAll(file.values().stream().flatMap(List::stream).toList());
  }

  @Test
  void everyCountryHasZonesButTheUninhabitedIslands() throws IOException {
    SortedSet<String> without =
        new TreeSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));
    without.removeAll(file().keySet());

    assertThat(without).containsExactly("BV", "HM");
    for (String country : file().keySet()) {
      assertThat(CountryZones.of(new CountryCode(country)))
          .as(country)
          .isNotSameAs(LocalZones.EVERYWHERE);
    }
  }

  @Test
  void theFileAgreesWithTheTablesOfThisMachine() throws IOException {
    assumeTrue(
        Files.exists(ZONEINFO.resolve("zone1970.tab"))
            && Files.exists(ZONEINFO.resolve("tzdata.zi")),
        "NOT TESTED: the country table, as this machine has no tz database to compare it with");
    // Another version may know other zones, and is no defect of ours.
    assumeTrue(
        Files.readString(ZONEINFO.resolve("tzdata.zi")).startsWith("# version 2025b"),
        "NOT TESTED: the country table, as this machine has another version of the tz database");

    assertThat(file()).isEqualTo(tables());
  }

  @Test
  void aStandInHasTheClocksOfTheZoneThatItStandsFor() {
    STAND_INS.forEach(
        (name, standIn) -> {
          if (ZoneId.getAvailableZoneIds().contains(name)) {
            assertThat(clocks(standIn)).as(standIn).isEqualTo(clocks(name));
          }
        });
  }

  private static SortedMap<String, List<String>> file() throws IOException {
    SortedMap<String, List<String>> file = new TreeMap<>();
    try (InputStream in = CountryZones.class.getResourceAsStream(CountryZones.FILE)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      for (String[] row : rows(text.lines())) {
        assertThat(file.put(row[0], Arrays.asList(row[1].split(",", -1)))).as(row[0]).isNull();
      }
    }
    return file;
  }

  /** How the file is made. */
  private static SortedMap<String, List<String>> tables() throws IOException {
    SortedMap<String, SortedSet<String>> tables = new TreeMap<>();
    for (String[] row : table("zone.tab")) {
      tables.computeIfAbsent(row[0], country -> new TreeSet<>()).add(standIn(row[2]));
    }
    for (String[] row : table("zone1970.tab")) {
      String zone = standIn(row[2]);
      for (String country : row[0].split(",", -1)) {
        SortedSet<String> zones = tables.get(country);
        if (zones.stream().noneMatch(known -> clocks(known).equals(clocks(zone)))) {
          zones.add(zone);
        }
      }
    }
    SortedMap<String, List<String>> sorted = new TreeMap<>();
    tables.forEach((country, zones) -> sorted.put(country, List.copyOf(zones)));
    return sorted;
  }

  private static List<String[]> table(String name) throws IOException {
    return rows(Files.readString(ZONEINFO.resolve(name)).lines());
  }

  private static List<String[]> rows(Stream<String> lines) {
    return lines.filter(line -> !line.startsWith("#")).map(line -> line.split("\t", -1)).toList();
  }

  private static String standIn(String zone) {
    return STAND_INS.getOrDefault(zone, zone);
  }

  /** The offset of the middle of 2025, and every change of twenty years. */
  private static List<Object> clocks(String name) {
    ZoneRules zone = rules(name);
    Instant at = Instant.parse("2025-07-01T00:00:00Z");
    Instant end = Instant.parse("2045-07-01T00:00:00Z");
    List<Object> clocks = new ArrayList<>(List.of(zone.getOffset(at)));
    ZoneOffsetTransition change = zone.nextTransition(at);
    while (change != null && change.getInstant().isBefore(end)) {
      clocks.add(change);
      change = zone.nextTransition(change.getInstant());
    }
    return clocks;
  }

  private static ZoneRules rules(String name) {
    return ZoneId.of(name).getRules();
  }
}
