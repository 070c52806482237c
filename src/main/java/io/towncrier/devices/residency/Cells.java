package io.towncrier.devices.residency;

import io.towncrier.platform.CountryCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cells and their countries.
 *
 * @param own the one that this process is of
 */
record Cells(Cell own, Map<CountryCode, Cell> byCountry) {
  Cells {
    byCountry = Map.copyOf(byCountry);
  }

  /** The cell of a country; empty when none has it. */
  Optional<Cell> of(CountryCode country) {
    return Optional.ofNullable(byCountry.get(country));
  }

  /**
   * Reads the setting.
   *
   * @throws IllegalStateException when it cannot be meant: says what to do
   */
  static Cells parse(String own, String text) {
    Map<CountryCode, Cell> byCountry = new HashMap<>();
    Map<String, Cell> byName = new HashMap<>();
    for (String one : text.split(";", -1)) {
      if (!one.isBlank()) {
        List<String> words = Arrays.asList(one.strip().split("\\s+"));
        if (words.size() < 2) {
          throw refused("a cell has a name, a URL and countries: " + one.strip());
        }
        Cell cell = new Cell(words.get(0), url(words.get(1)));
        if (byName.put(cell.name(), cell) != null) {
          throw refused("two cells are called " + cell.name());
        }
        words.subList(2, words.size()).forEach(country -> add(byCountry, country, cell));
      }
    }
    Cell mine = byName.get(own);
    if (mine == null) {
      throw refused("there is no cell " + own);
    }
    return new Cells(mine, byCountry);
  }

  private static void add(Map<CountryCode, Cell> byCountry, String text, Cell cell) {
    CountryCode country =
        CountryCode.parse(text).orElseThrow(() -> refused(text + " is no ISO 3166-1 code"));
    Cell before = byCountry.putIfAbsent(country, cell);
    if (before != null) {
      throw refused(text + " belongs to " + before.name() + " and to " + cell.name());
    }
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      boolean isPlain = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (isPlain && url.getHost() != null && url.getQuery() == null && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException malformed) {
      throw refused(text + " is no URL");
    }
    throw refused(text + " is no URL");
  }

  private static IllegalStateException refused(String why) {
    return new IllegalStateException("TOWNCRIER_RESIDENCY_CELLS cannot be used: " + why);
  }

  /** A cell, and where its clients find it. */
  record Cell(String name, URI url) {}
}
