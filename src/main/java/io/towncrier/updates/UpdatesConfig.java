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
   * For how long a snapshot answers before the database is asked whether it is still the newest;
   * only where nobody tells of changes (docs/adr/0013).
   */
  @WithDefault("1s")
  Duration snapshotMaxAge();

  /** How long a check waits at most for that question, when the last answer to it is old. */
  @WithDefault("500ms")
  Duration snapshotWait();

  /**
   * Whether a check may be answered while that question is under way. Not in a function: it is
   * frozen with its answer, and what is under way with it.
   */
  @WithDefault("true")
  boolean lookInBackground();

  /** When a client is asked to check again. */
  @WithDefault("6h")
  Duration nextCheck();

  /** Checks per second that this instance is meant for; above, clients are asked to come later. */
  @WithDefault("2000")
  int checksPerSecond();

  /**
   * Checks per second of one source, by its address; above, they are refused. 0: as many as come.
   * Per process.
   */
  @WithDefault("200")
  int checksPerSource();

  /** Addresses and networks whose connections have no such limit: those of a CDN. */
  Optional<List<String>> unlimitedSources();

  /** For how long a shared cache may answer in our place. */
  @WithDefault("60s")
  Duration cacheMaxAge();

  /** To what step the time is rounded in answers that tell of seconds until something. */
  @WithDefault("60s")
  Duration timeStep();
}
