package io.towncrier.updates;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How update checks behave. */
@ConfigMapping(prefix = "towncrier.updates")
public interface UpdatesConfig {
  /**
   * For how long a snapshot answers before the database is asked whether it is still the newest.
   */
  @WithDefault("1s")
  Duration snapshotMaxAge();

  /** When a client is asked to check again. */
  @WithDefault("6h")
  Duration nextCheck();

  /** For how long a shared cache may answer in our place. */
  @WithDefault("60s")
  Duration cacheMaxAge();
}
