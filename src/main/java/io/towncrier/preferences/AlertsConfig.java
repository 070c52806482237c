package io.towncrier.preferences;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Notification alerts: essential categories, defaults, history. */
@ConfigMapping(prefix = "towncrier.alerts")
public interface AlertsConfig {
  /** Categories whose in-app notices cannot be switched off; pushes always can. Empty: none. */
  @WithDefault("security,policy")
  Optional<Set<Category>> essential();

  /**
   * How many changes an owner makes in an hour. Beyond that, a change that only forbids pushes is
   * still made, and any other is 429.
   */
  @WithDefault("60")
  int changesAnHour();

  /** How long a change is kept in the history; of an owner the newest 1,000 at most. */
  @WithDefault("395d")
  Duration historyKept();

  Defaults defaults();

  /** Of an owner, fixed at the first use: a later change of the configuration does not reach it. */
  interface Defaults {
    /** Categories whose pushes are off for owners who come from now on. */
    Optional<Set<Category>> pushOff();

    /** Categories that are not shown in-app to owners who come from now on; no essential ones. */
    Optional<Set<Category>> inAppOff();
  }
}
