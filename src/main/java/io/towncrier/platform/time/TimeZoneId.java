package io.towncrier.platform.time;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names of the IANA time zone database; renamed zones keep working through its links. The data are
 * those of the JDK, or newer ones ({@link ZoneData}).
 */
public final class TimeZoneId {
  private static final int LONGEST = 64;
  // Where the systems of devices keep their zones, as a link to one names it.
  private static final String DIRECTORY = "zoneinfo/";

  /** Links of the database that the JDK leaves out, as old programs mean offsets by them. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "EST", "America/Panama",
          "MST", "America/Phoenix",
          "HST", "Pacific/Honolulu",
          "ROC", "Asia/Taipei");

  private static volatile Names known =
      Names.of(
          ZoneId.getAvailableZoneIds().stream()
              // The JDK's own additions for Java 1.1 programs; not IANA names.
              .filter(id -> !id.startsWith("SystemV/") && id.indexOf(ZoneData.MARK) < 0)
              .collect(Collectors.toMap(id -> id, ZoneId::of)));

  private TimeZoneId() {}

  /** The zone of an IANA name; empty when there is none, so also for offsets such as "+02:00". */
  public static Optional<ZoneId> parse(String text) {
    return known.exact().getOrDefault(text, Optional.empty());
  }

  /**
   * The zone that the system of a device names: in any case, as a link into its directory of zones
   * ({@code /usr/share/zoneinfo/Europe/Berlin}, {@code :Europe/Berlin}), with a blank for the
   * underscore ({@code America/New York}). Empty for what is no name of a zone, such as the rules
   * of POSIX ({@code CET-1CEST,M3.5.0}) or a name that is newer than our data.
   */
  public static Optional<ZoneId> ofDevice(String text) {
    Names names = known;
    Optional<ZoneId> usual = names.exact().get(text);
    if (usual != null) {
      return usual;
    }
    String name = text.substring(text.startsWith(":") ? 1 : 0);
    int directory = name.lastIndexOf(DIRECTORY);
    name = directory < 0 ? name : name.substring(directory + DIRECTORY.length());
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    name = name.toLowerCase(Locale.ROOT).replace(' ', '_').replaceFirst("^(posix|right)/", "");
    Optional<ZoneId> found = names.find(name);
    // In a query a plus is a plus, but some write a blank so.
    return found.isPresent() ? found : names.find(name.replace('+', '_'));
  }

  /** The name of a zone, as the database has it; whichever data its rules are from. */
  public static String nameOf(ZoneId zone) {
    String id = zone.getId();
    int mark = id.indexOf(ZoneData.MARK);
    return mark < 0 ? id : id.substring(0, mark);
  }

  /** The version of the data that the JDK brought, such as {@code 2025a}. */
  static String versionOfJdk() {
    return ZoneRulesProvider.getVersions("UTC").lastKey();
  }

  /** From now on these count beside the names that are known, or in their place. */
  static void renew(Map<String, ZoneId> newer) {
    Map<String, ZoneId> all = new HashMap<>();
    known.exact().forEach((name, zone) -> all.put(name, zone.orElseThrow()));
    all.putAll(newer);
    known = Names.of(all);
  }

  /**
   * Zones by their names.
   *
   * @param exact as the database writes them
   * @param lowerCase the same
   */
  private record Names(
      Map<String, Optional<ZoneId>> exact, Map<String, Optional<ZoneId>> lowerCase) {
    static Names of(Map<String, ZoneId> zones) {
      Map<String, ZoneId> all = new HashMap<>(zones);
      LEFT_OUT.forEach(
          (name, means) -> {
            @Nullable ZoneId zone = zones.get(means);
            if (zone != null) {
              all.putIfAbsent(name, zone);
            }
          });
      Map<String, Optional<ZoneId>> exact =
          all.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      Map.Entry::getKey, entry -> Optional.of(entry.getValue())));
      return new Names(
          exact,
          exact.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue)));
    }

    Optional<ZoneId> find(String lowerCaseName) {
      return lowerCase.getOrDefault(lowerCaseName, Optional.empty());
    }
  }
}
