package io.towncrier.platform.time;

import io.quarkus.runtime.StartupEvent;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.TowncrierConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Takes the time zone data that an operator gives in place of older ones of the JDK. */
@ApplicationScoped
public class RenewZoneData {
  /** Name of the setting. */
  public static final String SETTING = "towncrier.zone-data";

  private static final Logger LOG = Logger.getLogger(RenewZoneData.class);
  // Before anything asks for a zone.
  private static final int FIRST = 1;

  private static volatile String counts = TimeZoneId.versionOfJdk();

  private final Optional<Path> file;

  RenewZoneData(TowncrierConfig config) {
    this.file = config.zoneData();
  }

  void started(@Observes @Priority(FIRST) StartupEvent event) throws StartRefused {
    from(file);
  }

  /** The version of the time zones that count in this process: {@code 2026a}. */
  public static String inForce() {
    return counts;
  }

  /**
   * Reads and uses the file, where there is one.
   *
   * @throws StartRefused when it cannot be read or is none
   */
  public static void from(Optional<Path> file) throws StartRefused {
    if (file.isEmpty()) {
      return;
    }
    try {
      ZoneData data = ZoneData.read(file.get());
      String jdk = TimeZoneId.versionOfJdk();
      counts = data.use() ? data.version() : jdk;
      LOG.infof(
          "time zone data: %s of %s, %s of this JDK: %s counts",
          data.version(), file.get(), jdk, counts);
    } catch (IOException unusable) {
      throw new StartRefused(
          "TOWNCRIER_ZONE_DATA names "
              + file.get()
              + ", which cannot be read as the lib/tzdb.dat of a JDK: "
              + unusable.getMessage());
    }
  }
}
