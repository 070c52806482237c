package io.towncrier.infra.cell;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whose data a cell keeps, and by whom it pushes.
 *
 * @param countries ISO 3166-1 alpha-2; each stands in one cell, and no other
 * @param publicUrl where clients of other cells are sent to
 * @param pushProviders that may be used: {@code fcm}, {@code getui}; empty for none
 * @param everyCell all cells as the functions read them; made from the others, never written
 */
public record ResidencySettings(
    List<String> countries, String publicUrl, List<String> pushProviders, String everyCell) {
  private static final String GETUI = "getui";
  private static final Set<String> ASSIGNED =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
  private static final Set<String> PROVIDERS = Set.of("fcm", GETUI);

  public ResidencySettings {
    countries = List.copyOf(countries);
    pushProviders = List.copyOf(pushProviders);
    Settings.need(
        ASSIGNED.containsAll(countries), "not all of these are assigned countries: " + countries);
    Settings.need(
        publicUrl != null && publicUrl.startsWith("https://"), "a public URL begins with https://");
    Settings.need(PROVIDERS.containsAll(pushProviders), "push providers are of " + PROVIDERS);
  }

  /** Whether Getui pushes here, whose credentials no other cell has. */
  public boolean pushesByGetui() {
    return pushProviders.contains(GETUI);
  }

  /** Each country belongs to one cell: none is named twice, and none is forgotten. */
  static void needEachCountryOnce(List<Cell> cells) {
    List<String> named = cells.stream().flatMap(c -> c.residency().countries().stream()).toList();
    List<String> twice =
        named.stream()
            .filter(c -> named.indexOf(c) != named.lastIndexOf(c))
            .distinct()
            .sorted()
            .toList();
    Settings.need(twice.isEmpty(), "countries that are named twice: " + twice);
    List<String> missing = ASSIGNED.stream().filter(c -> !named.contains(c)).sorted().toList();
    Settings.need(missing.isEmpty(), "countries that belong to no cell: " + missing);
  }
}
