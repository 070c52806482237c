package io.towncrier.platform.aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How AWS is reached; region and credentials are those that Lambda gives a function. */
@ConfigMapping(prefix = "towncrier.aws")
public interface AwsConfig {
  /** In place of the services' own endpoints: for all of them, or by service, as on loopback. */
  Endpoints endpoint();

  /** For one request, its repeats not counted. */
  @WithDefault("5s")
  Duration requestTimeout();

  /** Absent: those of the region. */
  interface Endpoints {
    Optional<URI> s3();

    Optional<URI> sqs();

    Optional<URI> secretsmanager();
  }
}
