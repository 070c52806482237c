package io.towncrier.functions;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How the API tells its CDN from whoever else has found its own address. */
@ConfigMapping(prefix = "towncrier.edge")
public interface EdgeConfig {
  /**
   * What the CDN adds to each request as {@code X-Towncrier-Edge}, or where that is kept ({@link
   * io.towncrier.platform.Secrets}); absent: there is no CDN.
   */
  Optional<String> secret();
}
