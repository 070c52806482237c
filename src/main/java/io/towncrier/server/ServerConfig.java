package io.towncrier.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often the plain server sees to what functions do on a schedule. */
@ConfigMapping(prefix = "towncrier.server")
public interface ServerConfig {
  /** Between two looks into the outbox. */
  @WithDefault("1s")
  Duration drainEvery();

  /** Between two rounds of tidying the devices. */
  @WithDefault("1h")
  Duration tidyEvery();

  /** Between two looks for notices to start and to end. */
  @WithDefault("5s")
  Duration noticesEvery();

  /** Between two looks for what rollouts have brought. */
  @WithDefault("30s")
  Duration announceEvery();

  /** Between two looks whether the snapshot in the data directory is the newest. */
  @WithDefault("10s")
  Duration keepSnapshotEvery();

  /** Between two steps of the mark by which a restored database is recognised. */
  @WithDefault("10s")
  Duration markEvery();

  /** Between two proofs that the database tells of changes. */
  @WithDefault("30s")
  Duration listenProbeEvery();
}
