package io.towncrier.notices.schedule;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.time.TimeZoneId;
import io.towncrier.releases.targeting.LocalZones;

/**
 * Where devices are, as far as their clocks depend on it.
 *
 * @param zone as the device reported it; an IANA name, as a rule. Empty when it is not known
 * @param country ISO 3166-1 alpha-2; empty when it is not known
 */
public record Place(String zone, String country) {
  /** The clocks that it may have: those of the country if the zone is unknown. */
  public LocalZones zones() {
    return LocalZones.of(TimeZoneId.parse(zone), CountryCode.parse(country));
  }
}
