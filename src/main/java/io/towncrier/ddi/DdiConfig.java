package io.towncrier.ddi;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Clients that speak hawkBit's DDI (swupdate, rauc-hawkbit-updater). */
@ConfigMapping(prefix = "towncrier.ddi")
public interface DdiConfig {
  /**
   * The first part of their paths, which the clients call the tenant. Without it nothing is served
   * below {@code /<tenant>/controller/v1}. Needs {@code TOWNCRIER_PUBLIC_URL}.
   */
  Optional<String> tenant();

  /**
   * Whether a GatewayToken counts. Its holder speaks for every router of a product, and registers
   * new ones.
   */
  @WithDefault("false")
  boolean gatewayTokens();

  /** Products whose clients are rauc-hawkbit-updater; of others the User-Agent tells. */
  Optional<List<String>> raucProducts();

  /** After which time a client comes again that has something to do. */
  @WithDefault("60s")
  Duration busySleep();

  /** For how long after a success a client is asked for its facts while its version stays. */
  @WithDefault("24h")
  Duration restartLimit();
}
