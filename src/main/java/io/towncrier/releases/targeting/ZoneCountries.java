package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.time.TimeZoneId;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The countries of each time zone, from country-zones.tsv; read when a zone is first asked for. */
public final class ZoneCountries {
  private static final Map<ZoneId, Set<CountryCode>> BY_ZONE = load();

  private ZoneCountries() {}

  /**
   * The countries that have this zone. For another name of one, such as {@code PRC}, those of all
   * zones whose clocks have always been the same; empty when there is none.
   */
  public static Set<CountryCode> of(ZoneId zone) {
    Set<CountryCode> named = BY_ZONE.get(zone);
    if (named != null) {
      return named;
    }
    Set<CountryCode> alike = new HashSet<>();
    BY_ZONE.forEach(
        (known, countries) -> {
          if (known.getRules().equals(zone.getRules())) {
            alike.addAll(countries);
          }
        });
    return Set.copyOf(alike);
  }

  private static Map<ZoneId, Set<CountryCode>> load() {
    Map<ZoneId, Set<CountryCode>> byZone = new HashMap<>();
    CountryZones.names()
        .forEach(
            (country, names) ->
                names.forEach(
                    name ->
                        TimeZoneId.parse(name)
                            .ifPresent(
                                zone ->
                                    byZone
                                        .computeIfAbsent(zone, none -> new HashSet<>())
                                        .add(country))));
    byZone.replaceAll((zone, countries) -> Set.copyOf(countries));
    return Map.copyOf(byZone);
  }
}
