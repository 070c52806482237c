package io.towncrier.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How Firebase Cloud Messaging is reached. */
@ConfigMapping(prefix = "towncrier.fcm")
public interface FcmConfig {
  /**
   * A service-account file, or {@code secretsmanager:<ARN>} of its content. Without it pushes wait;
   * dev mode prints them. An unusable file stops pushes only, and is read again every 30 s.
   */
  Optional<String> credentials();

  /** Where messages are sent. Plain http is allowed to a loopback address only. */
  @WithDefault("https://fcm.googleapis.com")
  URI endpoint();

  /** Where installations of the app are deleted that belonged to people who have gone. */
  @WithDefault("https://console.firebase.google.com")
  URI installations();

  /** Time for one message as a whole; less than half of the lease. */
  @WithDefault("10s")
  Duration requestTimeout();

  /** How many connections are opened at most. */
  @WithDefault("6")
  int connections();

  /** Requests at a time on one connection; fewer if FCM says so. */
  @WithDefault("100")
  int streams();

  /** Time until a connection stands, TLS included. */
  @WithDefault("5s")
  Duration connectTimeout();

  /**
   * A PEM file of the only authorities that are trusted, for a proxy that ends TLS. Without it:
   * those of the JDK.
   */
  Optional<Path> trustCertificate();
}
