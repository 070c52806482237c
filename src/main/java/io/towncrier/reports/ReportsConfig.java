package io.towncrier.reports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How reports are made and kept. */
@ConfigMapping(prefix = "towncrier.reports")
public interface ReportsConfig {
  /**
   * Devices that one transaction looks at, and lines of a part at most. The lines of 10,000 stay
   * below what a function can answer, 6 MB.
   */
  @WithDefault("10000")
  int page();

  /** How long a report can be fetched. */
  @WithDefault("24h")
  Duration keep();
}
