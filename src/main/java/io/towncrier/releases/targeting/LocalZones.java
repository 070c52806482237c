package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The time zones that a device may be in: one when it says so, those of its country when it does
 * not, and every offset there is when not even the country is known.
 */
public final class LocalZones {
  /** The hours in use run from -12 to +14, in quarters; none of them is left out. */
  static final LocalZones EVERYWHERE =
      new LocalZones(
          IntStream.rangeClosed(-12 * 4, 14 * 4)
              .mapToObj(quarter -> ZoneOffset.ofTotalSeconds(quarter * 15 * 60).getRules())
              .toList());

  /**
   * Between these the changes of the clocks are kept. For other years, which only a far not-before
   * asks for, they are worked out again for each question.
   */
  private static final long KNOWN_FROM = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();

  private static final long KNOWN_UNTIL = Instant.parse("2060-01-01T00:00:00Z").getEpochSecond();

  /** Zones with these names are kept. There are 600; ids made of an offset are endless. */
  private static final Set<String> NAMES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private static final Map<ZoneId, LocalZones> BY_ZONE = new ConcurrentHashMap<>();

  private final List<ZoneRules> rules;

  /** Made when it is first needed. Two threads may both make it; it is the same, and immutable. */
  private @Nullable OffsetTimeline known;

  LocalZones(Collection<ZoneRules> rules) {
    this.rules = List.copyOf(new LinkedHashSet<>(rules));
  }

  /** The zones of a device of which this is known; a zone says more than a country. */
  public static LocalZones of(Optional<ZoneId> zone, Optional<CountryCode> country) {
    if (zone.isPresent()) {
      return ofZone(zone.get());
    }
    return country.isPresent() ? CountryZones.of(country.get()) : EVERYWHERE;
  }

  /** Works out the clocks of all zones and countries, which takes a tenth of a second. */
  public static void makeReady() {
    EVERYWHERE.timeline(KNOWN_FROM, KNOWN_UNTIL);
    for (String name : NAMES) {
      ofZone(ZoneId.of(name)).timeline(KNOWN_FROM, KNOWN_UNTIL);
    }
    for (String code : Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2)) {
      CountryZones.of(new CountryCode(code)).timeline(KNOWN_FROM, KNOWN_UNTIL);
    }
  }

  private static LocalZones ofZone(ZoneId zone) {
    LocalZones kept = BY_ZONE.get(zone);
    if (kept != null) {
      return kept;
    }
    LocalZones zones = new LocalZones(List.of(zone.getRules()));
    if (NAMES.contains(zone.getId())) {
      BY_ZONE.put(zone, zones);
    }
    return zones;
  }

  /** Those whose clocks differ, or ever did. */
  public List<ZoneRules> rules() {
    return rules;
  }

  /** The offsets of these zones from one epoch second to another at least. */
  OffsetTimeline timeline(long from, long until) {
    if (from < KNOWN_FROM || until > KNOWN_UNTIL) {
      return OffsetTimeline.of(rules, from, until);
    }
    OffsetTimeline timeline = known;
    if (timeline == null) {
      timeline = OffsetTimeline.of(rules, KNOWN_FROM, KNOWN_UNTIL);
      known = timeline;
    }
    return timeline;
  }
}
