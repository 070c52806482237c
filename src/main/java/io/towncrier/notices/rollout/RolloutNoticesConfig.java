package io.towncrier.notices.rollout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;

/** How devices are told of updates. */
@ConfigMapping(prefix = "towncrier.rollout-notices")
public interface RolloutNoticesConfig {
  /** Whether they are. */
  @WithDefault("true")
  boolean enabled();

  /** For how long after the last of them is due. */
  @WithDefault("7d")
  Duration life();

  /** When a phone may ring for an update, by its own clock; security updates do not wait. */
  @WithDefault("09:00")
  LocalTime hoursFrom();

  @WithDefault("20:00")
  LocalTime hoursTo();

  /** What may be downloaded of one release, in bytes a second: those who are told come for it. */
  @WithDefault("125000000")
  long downloadBudget();

  /** Devices that are told in one transaction. */
  @WithDefault("1000")
  int page();
}
