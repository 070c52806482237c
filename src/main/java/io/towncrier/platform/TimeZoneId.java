package io.towncrier.platform;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names of the IANA time zone database; renamed zones keep working through its links. */
public final class TimeZoneId {
  private static final Map<String, Optional<ZoneId>> KNOWN =
      ZoneId.getAvailableZoneIds().stream()
          // The JDK's own additions for Java 1.1 programs; not IANA names.
          .filter(id -> !id.startsWith("SystemV/"))
          .collect(Collectors.toUnmodifiableMap(id -> id, id -> Optional.of(ZoneId.of(id))));

  private TimeZoneId() {}

  /** The zone of an IANA name; empty when there is none, so also for offsets such as "+02:00". */
  public static Optional<ZoneId> parse(String text) {
    return KNOWN.getOrDefault(text, Optional.empty());
  }
}
