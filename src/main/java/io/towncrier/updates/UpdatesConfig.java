package io.towncrier.updates;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How update checks behave. */
@ConfigMapping(prefix = "towncrier.updates")
public interface UpdatesConfig {
  /**
   * How long a snapshot answers before the database is asked whether it is still the newest, where
   * the database does not notify of changes.
   */
  @WithDefault("1s")
  Duration snapshotMaxAge();

  /** How long a check waits at most for that question. */
  @WithDefault("500ms")
  Duration snapshotWait();

  /**
   * Whether a check may be answered while that question is in flight. Not in a function, which is
   * frozen when it has answered.
   */
  @WithDefault("true")
  boolean lookInBackground();

  /** After which time a client is asked to check again. */
  @WithDefault("6h")
  Duration nextCheck();

  /**
   * Checks per second that this instance is meant for. Above that, clients are told to poll less
   * often.
   */
  @WithDefault("2000")
  int checksPerSecond();

  /** Checks per second of one source address in this process. Above that: 429. 0: no limit. */
  @WithDefault("200")
  int checksPerSource();

  /** Addresses and networks without that limit, separated by commas: those of a CDN. */
  Optional<List<String>> unlimitedSources();

  /** How long a shared cache may answer in place of the service. */
  @WithDefault("60s")
  Duration cacheMaxAge();

  /** Step to which time is rounded in answers that name seconds until something. */
  @WithDefault("60s")
  Duration timeStep();
}
