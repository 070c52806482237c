package io.towncrier.platform.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What CLDR says of languages; languages.tsv, whose head explains the kinds of rows. */
final class LanguageTable {
  static final String FILE = "languages.tsv";

  static final LanguageTable CLDR = load();

  private final Map<String, Place> likely = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, List<String>> regions = new HashMap<>();
  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, String> same = new HashMap<>();

  private LanguageTable() {}

  /** A script and a region. */
  private record Place(String script, String region) {}

  /** Every language of which the table knows the script. */
  Set<String> languages() {
    return likely.keySet().stream()
        .filter(tag -> tag.indexOf('-') < 0)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The tag that replaces a language, such as {@code sr-Latn} for {@code sh}. */
  Optional<String> replacement(String language) {
    return Optional.ofNullable(aliases.get(language));
  }

  /**
   * The codes that replace a region: of three letters or digits, or withdrawn. Several where a
   * country was divided.
   */
  List<String> replacedRegion(String region) {
    return regions.getOrDefault(region, List.of());
  }

  /**
   * In which script a language is written.
   *
   * @param region where; may be empty
   * @return empty for a language that the table does not know
   */
  String likelyScript(String language, String region) {
    Place place = likely.get(language + '-' + region);
    if (place == null) {
      place = likely.get(language);
    }
    return place == null ? "" : place.script();
  }

  /** Where a language is written in this script; empty when the table does not know it. */
  String likelyRegion(String language, String script) {
    Place place = likely.get(language + '-' + script);
    if (place == null) {
      place = likely.get(language);
    }
    return place == null ? "" : place.region();
  }

  /**
   * The tag to look for next, where that is not the tag without its last part.
   *
   * @param tag as it stands in CLDR: without a script that is the likely one
   */
  @Nullable String parent(String tag) {
    return parents.get(tag);
  }

  /** A language whose texts serve readers of this one as well as its own. */
  @Nullable String sameAs(String language) {
    return same.get(language);
  }

  private static LanguageTable load() {
    try (InputStream in = Objects.requireNonNull(LanguageTable.class.getResourceAsStream(FILE));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      LanguageTable table = new LanguageTable();
      lines.lines().filter(line -> !line.startsWith("#")).forEach(table::take);
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    String[] row = line.split("\t", 3);
    switch (row[0]) {
      case "likely" -> {
        String[] place = row[2].split("-", 2);
        likely.put(row[1], new Place(place[0].intern(), place[1].intern()));
      }
      case "alias" -> aliases.put(row[1], row[2]);
      case "region" -> regions.put(row[1], List.of(row[2].split(" ", -1)));
      case "parent" -> parents.put(row[1], row[2]);
      case "same" -> {
        same.put(row[1], row[2]);
        same.put(row[2], row[1]);
      }
      default -> throw new IllegalStateException(FILE + " has a row of an unknown kind: " + line);
    }
  }
}
