package io.towncrier.devices.residency;

import io.quarkus.runtime.Startup;
import io.towncrier.platform.CountryCode;
import io.towncrier.releases.targeting.ZoneCountries;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides to which cell a device belongs: by its country, without one by its time zone. */
@ApplicationScoped
@Startup
public class Residency {
  private final Optional<Cells> cells;
  private final Set<String> pushProviders;

  Residency(ResidencyConfig config) {
    this.cells =
        config
            .cell()
            .map(
                own ->
                    Cells.parse(
                        own,
                        config
                            .cells()
                            .orElseThrow(
                                () ->
                                    new IllegalStateException(
                                        "TOWNCRIER_RESIDENCY_CELL needs"
                                            + " TOWNCRIER_RESIDENCY_CELLS"))));
    this.pushProviders = Set.copyOf(config.pushProviders());
  }

  /**
   * Whether a device is this cell's. Without a country its zone decides, where all countries that
   * have it belong to one cell; without both, or in a country of no cell, it is the cell asked.
   */
  public Home homeOf(Optional<CountryCode> country, Optional<ZoneId> zone) {
    return cells.map(known -> homeOf(known, country, zone)).orElse(Home.HERE);
  }

  private static Home homeOf(Cells known, Optional<CountryCode> country, Optional<ZoneId> zone) {
    Set<CountryCode> countries =
        country.map(Set::of).orElseGet(() -> zone.map(ZoneCountries::of).orElse(Set.of()));
    Set<Cells.Cell> homes =
        countries.stream()
            .flatMap(each -> known.of(each).stream())
            .collect(Collectors.toUnmodifiableSet());
    // A country of no cell beside one of another leaves it open.
    boolean isKnown = countries.stream().allMatch(each -> known.of(each).isPresent());
    return homes.stream()
        .filter(cell -> isKnown && homes.size() == 1 && !cell.equals(known.own()))
        .<Home>map(cell -> new Home.Elsewhere(cell.name(), cell.url()))
        .findAny()
        .orElse(Home.HERE);
  }

  /** Whether addresses of a push provider may be kept and used here. */
  public boolean allowsProvider(String provider) {
    return pushProviders.contains(provider);
  }

  /** Where a device belongs. */
  public sealed interface Home {
    /** To this cell. */
    Home HERE = new Here();

    /** To this cell. */
    record Here() implements Home {}

    /** To another one. */
    record Elsewhere(String cell, URI url) implements Home {}
  }
}
