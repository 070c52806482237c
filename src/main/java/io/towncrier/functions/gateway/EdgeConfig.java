package io.towncrier.functions.gateway;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How the API knows requests of its CDN. */
@ConfigMapping(prefix = "towncrier.edge")
public interface EdgeConfig {
  /**
   * Functions only: what the CDN shows in {@code X-Towncrier-Edge}, or {@code
   * secretsmanager:<ARN>}. Without it there is no CDN.
   */
  Optional<String> secret();
}
