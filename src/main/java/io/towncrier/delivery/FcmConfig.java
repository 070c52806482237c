package io.towncrier.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How Firebase Cloud Messaging is reached; without credentials, pushes wait. */
@ConfigMapping(prefix = "towncrier.fcm")
public interface FcmConfig {
  /**
   * A service-account file, or where its content is kept ({@link io.towncrier.platform.Secrets});
   * its token_uri is honoured. Read again while it is of no use.
   */
  Optional<String> credentials();

  /** Where messages are sent; plain http only to a loopback address. */
  @WithDefault("https://fcm.googleapis.com")
  URI endpoint();

  /** For one request as a whole, the wait for a stream included; must be shorter than the lease. */
  @WithDefault("10s")
  Duration requestTimeout();

  /** What sends. */
  @WithDefault("fcm")
  Sender sender();

  /** Of the sender {@code fcm}: how many connections it opens at most. */
  @WithDefault("6")
  int connections();

  /** Of the sender {@code fcm}: requests at a time on one connection; fewer if FCM says so. */
  @WithDefault("100")
  int streams();

  /** Until a connection stands, TLS included. */
  @WithDefault("5s")
  Duration connectTimeout();

  /** PEM: whoever signed these is trusted, and nobody else; for a proxy that ends TLS. */
  Optional<Path> trustCertificate();

  /** Both do the same (docs/adr/0016). */
  enum Sender {
    /** Many messages at a time on a few HTTP/2 connections. */
    FCM,
    /** Google's library, a thread a message. */
    FIREBASE
  }
}
