package io.towncrier.releases.editing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How releases are edited. */
@ConfigMapping(prefix = "towncrier.releases")
public interface ReleasesConfig {
  /**
   * Whether a release is published, and its rollout widened, only by somebody who did not write it.
   */
  @WithDefault("false")
  boolean approvals();
}
