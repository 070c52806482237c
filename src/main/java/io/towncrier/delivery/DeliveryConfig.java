package io.towncrier.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the outbox is drained. */
@ConfigMapping(prefix = "towncrier.delivery")
public interface DeliveryConfig {
  /** For how long a claim holds; the longest that a crashed sender can delay an opt-out. */
  @WithDefault("45s")
  Duration lease();

  /**
   * How many deliveries are claimed and sent at once. Everything that is claimed is under way at
   * once: nothing waits in memory for its turn while somebody waits for its lease.
   */
  @WithDefault("64")
  int batch();
}
