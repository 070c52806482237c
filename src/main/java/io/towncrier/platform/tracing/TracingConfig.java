package io.towncrier.platform.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where traces go. */
@ConfigMapping(prefix = "towncrier.tracing")
public interface TracingConfig {
  /** An OpenTelemetry collector, OTLP over HTTP. Without it nothing is traced. */
  Optional<URI> endpoint();

  /** Which share of traces is kept, from 0 to 1. */
  @WithDefault("1")
  double ratio();

  /** How long a function waits for the collector before it returns. */
  @WithDefault("1s")
  Duration flushTimeout();
}
