package io.towncrier.delivery.getui;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How Getui is reached, which pushes to phones in China. */
@ConfigMapping(prefix = "towncrier.getui")
public interface GetuiConfig {
  /**
   * A JSON file with {@code appId}, {@code appKey} and {@code masterSecret}, or {@code
   * secretsmanager:<ARN>} of its content. Without it pushes to addresses of Getui wait. An unusable
   * file stops those pushes only, and is read again every 30 s.
   */
  Optional<String> credentials();

  /**
   * Where messages are sent, and nowhere else, whatever an answer says. Plain http is allowed to a
   * loopback address only.
   */
  @WithDefault("https://restapi.getui.com")
  URI endpoint();

  /** Time for one request as a whole; less than half of the lease. */
  @WithDefault("10s")
  Duration requestTimeout();

  /** Time until a connection stands, TLS included. */
  @WithDefault("5s")
  Duration connectTimeout();

  /** How many connections are opened at most. */
  @WithDefault("32")
  int connections();

  /** How many messages go into one request; Getui takes 200. */
  @WithDefault("200")
  int batch();

  /** The quota of the app a minute, for all instances together; Getui documents none. */
  @WithDefault("300000")
  long quotaPerMinute();

  /**
   * What phones' makers get with notices about security, policies and firmware, as JSON:
   * docs/push-china.md. Without it Huawei is told that they are of normal importance.
   */
  Optional<String> importantOptions();

  /**
   * The same of announcements and notices about apps, which makers call marketing. Without it
   * Huawei is told that they are of low importance.
   */
  Optional<String> marketingOptions();

  /**
   * The networks from which Getui sends receipts, as addresses or {@code 203.0.113.0/24}. Without
   * one no receipt is taken: docs/push-china.md.
   */
  Optional<List<String>> receiptNetworks();

  /** How many requests with receipts are taken from one address in a second. Over: 429. */
  @WithDefault("100")
  int receiptsPerSource();

  /**
   * A PEM file of the only authorities that are trusted, for a proxy that ends TLS. Without it:
   * those of the JDK.
   */
  Optional<Path> trustCertificate();
}
