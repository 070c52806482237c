package io.towncrier.notices;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notices are worked on and sent. */
@ConfigMapping(prefix = "towncrier.notices")
public interface NoticesConfig {
  /** Whether a notice is approved by somebody who has not written at it. */
  @WithDefault("false")
  boolean approvals();

  /** Over which the devices of one place are distributed that are due at the same local hour. */
  @WithDefault("10m")
  Duration jitter();
}
