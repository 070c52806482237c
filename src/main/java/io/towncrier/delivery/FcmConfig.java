package io.towncrier.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How Firebase Cloud Messaging is reached; without credentials, pushes go to the console. */
@ConfigMapping(prefix = "towncrier.fcm")
public interface FcmConfig {
  /** A service-account file; its token_uri is honoured. */
  Optional<Path> credentials();

  /** Where messages are sent; plain http only to a loopback address. */
  @WithDefault("https://fcm.googleapis.com")
  URI endpoint();

  /** For one request as a whole; must be shorter than the lease. */
  @WithDefault("10s")
  Duration requestTimeout();
}
