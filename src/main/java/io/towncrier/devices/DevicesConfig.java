package io.towncrier.devices;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How devices and their addresses are kept. */
@ConfigMapping(prefix = "towncrier.devices")
public interface DevicesConfig {
  /** For how long a challenge can be echoed. */
  @WithDefault("10m")
  Duration challengeLife();

  /** How many echoes of one challenge are looked at. */
  @WithDefault("5")
  int challengeTries();
}
