package io.towncrier.notices.rollout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;

/** How publications and rollouts notify devices. */
@ConfigMapping(prefix = "towncrier.rollout-notices")
public interface RolloutNoticesConfig {
  /** Whether publications and phases of rollouts notify devices. */
  @WithDefault("true")
  boolean enabled();

  /** How long such a notice lives after its last delivery is due. */
  @WithDefault("7d")
  Duration life();

  /** From which local hour on a push may come. Security updates do not wait for it. */
  @WithDefault("09:00")
  LocalTime hoursFrom();

  /** Until which local hour a push may come. */
  @WithDefault("20:00")
  LocalTime hoursTo();

  /**
   * Bytes a second that may be downloaded of one release: it sets the pace of its notices. It
   * counts only without {@code TOWNCRIER_DOWNLOADS_BUDGET}, which is the pace of notices as well.
   */
  @WithDefault("125000000")
  long downloadBudget();

  /** How many devices are planned in one transaction. */
  @WithDefault("1000")
  int page();
}
