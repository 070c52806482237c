package io.towncrier.platform.aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Functions only: how AWS is reached. Region and credentials are those of the function. */
@ConfigMapping(prefix = "towncrier.aws")
public interface AwsConfig {
  /** In place of the services' own endpoints: for all of them, or by service, as on loopback. */
  Endpoints endpoint();

  /** Time for one request to AWS, its retries not counted. */
  @WithDefault("5s")
  Duration requestTimeout();

  /** Absent: those of the region. */
  interface Endpoints {
    /** The endpoint of S3, in place of the region's own. */
    Optional<URI> s3();

    /** The endpoint of SQS, in place of the region's own. */
    Optional<URI> sqs();

    /** The endpoint of Secrets Manager, in place of the region's own. */
    Optional<URI> secretsmanager();

    /** The endpoint of KMS, in place of the region's own. */
    Optional<URI> kms();

    /** The endpoint of EventBridge, in place of the region's own. */
    Optional<URI> events();
  }
}
