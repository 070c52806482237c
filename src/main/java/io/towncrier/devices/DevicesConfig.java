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

  /** How many answers to one challenge are accepted for a look. */
  @WithDefault("5")
  int challengeTries();

  /** How many challenges are pushed in an hour for one device, and to one address. */
  @WithDefault("6")
  int challengesAnHour();

  /** After which time without a sign of its device a push address is shown as stale. */
  @WithDefault("30d")
  Duration staleAfter();

  /** After which time it is removed; FCM's own tokens expire then. */
  @WithDefault("270d")
  Duration pruneAfter();

  /**
   * Whether devices that were seen are gathered, and written together soon after. Where a process
   * may be frozen behind its answer they must not be.
   */
  @WithDefault("true")
  boolean gatherSeen();

  Registration registration();

  /** How often one source may register devices, and as often have challenges pushed. */
  interface Registration {
    /** Registrations of one source at once. A mobile network is one source for thousands. */
    @WithDefault("600")
    int burst();

    /** Time after which one more registration is accepted. */
    @WithDefault("6s")
    Duration every();

    /** How many times as much an IPv6 /48 may register as a /64 of it. */
    @WithDefault("10")
    int networkFactor();

    /** How many devices are registered in an hour by all instances together. */
    @WithDefault("100000")
    int anHour();

    /** How many sources a process remembers. */
    @WithDefault("20000")
    int sources();

    /**
     * Deprecated: the former name of {@code TOWNCRIER_HTTP_TRUSTED_PROXIES}, which counts where
     * both are set.
     */
    @WithName("trusted-proxies")
    Optional<Integer> formerTrustedProxies();
  }
}
