package io.towncrier.notices;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notices are approved, planned and spread. */
@ConfigMapping(prefix = "towncrier.notices")
public interface NoticesConfig {
  /** Whether a notice starts only when somebody approved it who did not write it. */
  @WithDefault("false")
  boolean approvals();

  /** Time over which devices of one place are spread that are due at the same local hour. */
  @WithDefault("10m")
  Duration jitter();

  /** How many deliveries of a notice are planned, or taken back, in one transaction. */
  @WithDefault("1000")
  int page();
}
