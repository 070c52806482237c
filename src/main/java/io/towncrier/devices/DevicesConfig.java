package io.towncrier.devices;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How devices and their addresses are kept. */
@ConfigMapping(prefix = "towncrier.devices")
public interface DevicesConfig {
  /** For how long a challenge can be echoed. */
  @WithDefault("10m")
  Duration challengeLife();

  /** How many echoes of one challenge are looked at. */
  @WithDefault("5")
  int challengeTries();

  /** How many challenges are pushed in an hour, of one device and to one address. */
  @WithDefault("6")
  int challengesAnHour();

  /** After how long without a sign of its device an address is shown as stale. */
  @WithDefault("30d")
  Duration staleAfter();

  /** After how long it is removed: FCM's own tokens expire then (contract fcm-v1). */
  @WithDefault("270d")
  Duration pruneAfter();

  Registration registration();

  /** How often one source may register devices, and as often have challenges pushed. */
  interface Registration {
    /** How often at once; thousands of phones may share the address of a mobile network. */
    @WithDefault("600")
    int burst();

    /** After which time once more. */
    @WithDefault("6s")
    Duration every();

    /** How much more an IPv6 /48 may do than a /64 of it. */
    @WithDefault("10")
    int networkFactor();

    /** How many devices are registered in an hour in all; counted in the database. */
    @WithDefault("100000")
    int anHour();

    /** How many sources are remembered, in this process. */
    @WithDefault("20000")
    int sources();

    /** How many proxies of ours append to X-Forwarded-For; 0: the header is not believed. */
    @WithDefault("0")
    int trustedProxies();
  }
}
