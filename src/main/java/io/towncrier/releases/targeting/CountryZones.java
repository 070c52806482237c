package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.time.TimeZoneId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The time zones of each country, from country-zones.tsv; read when a country is first asked for.
 */
final class CountryZones {
  static final String FILE = "country-zones.tsv";

  private static final Map<CountryCode, LocalZones> BY_COUNTRY = load();

  private CountryZones() {}

  /** Every offset there is for a country that has no zones, such as an uninhabited island. */
  static LocalZones of(CountryCode country) {
    return BY_COUNTRY.getOrDefault(country, LocalZones.EVERYWHERE);
  }

  /** The names as they stand in the file. */
  static Map<CountryCode, List<String>> names() {
    return load(lines -> rows(lines, names -> names));
  }

  private static Map<CountryCode, LocalZones> load() {
    return load(CountryZones::read);
  }

  private static <T> T load(Function<Stream<String>, T> reader) {
    try (InputStream in = Objects.requireNonNull(CountryZones.class.getResourceAsStream(FILE));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.apply(lines.lines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<CountryCode, LocalZones> read(Stream<String> lines) {
    return rows(lines, CountryZones::zones);
  }

  private static <T> Map<CountryCode, T> rows(
      Stream<String> lines, Function<List<String>, T> zones) {
    return lines
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", 2))
        .collect(
            Collectors.toUnmodifiableMap(
                row -> new CountryCode(row[0]),
                row -> zones.apply(Arrays.asList(row[1].split(",", -1)))));
  }

  private static LocalZones zones(List<String> names) {
    List<ZoneRules> rules =
        names.stream()
            .map(TimeZoneId::parse)
            .flatMap(Optional::stream)
            .map(ZoneId::getRules)
            .toList();
    // Leaving out a zone that our data are too old for would call hours safe there that are not.
    return rules.size() < names.size() ? LocalZones.EVERYWHERE : new LocalZones(rules);
  }
}
