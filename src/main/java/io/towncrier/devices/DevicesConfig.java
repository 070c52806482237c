package io.towncrier.devices;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** Devices and their push addresses. */
@ConfigMapping(prefix = "towncrier.devices")
public interface DevicesConfig {
  /** How long the challenge of a new push address can be answered. */
  @WithDefault("10m")
  Duration challengeLife();

  /** How many answers to one challenge are compared with it; after the last it is void. */
  @WithDefault("5")
  int challengeTries();

  /** How many challenges are pushed for one device in an hour, and how many to one address. */
  @WithDefault("6")
  int challengesAnHour();

  /** How long a device may be unseen until its push address is shown as stale. */
  @WithDefault("30d")
  Duration staleAfter();

  /** How long a device may be unseen until its push address is removed; tokens of FCM end then. */
  @WithDefault("270d")
  Duration pruneAfter();

  /**
   * Whether the days on which devices were last seen are gathered, and written together soon after.
   * Not where a process may be frozen once it has answered: they would be lost.
   */
  @WithDefault("true")
  boolean gatherSeen();

  Registration registration();

  /** How many devices one source may register, and how many challenges it may have pushed. */
  interface Registration {
    /** Registrations of one source at once. A mobile network is one source for thousands. */
    @WithDefault("600")
    int burst();

    /** After the burst, a source may register one more each time that this has passed. */
    @WithDefault("6s")
    Duration every();

    /** An IPv6 /64 is one source; its /48 may register this many times as much. */
    @WithDefault("10")
    int networkFactor();

    /** How many devices are registered in an hour by all instances together. */
    @WithDefault("100000")
    int anHour();

    /** How many sources a process remembers. */
    @WithDefault("20000")
    int sources();

    /**
     * Deprecated: the former name of {@code TOWNCRIER_HTTP_TRUSTED_PROXIES}. Where both are set,
     * this one is ignored.
     */
    @WithName("trusted-proxies")
    Optional<Integer> formerTrustedProxies();
  }
}
