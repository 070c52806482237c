package io.towncrier.releases.editing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How releases are worked on. */
@ConfigMapping(prefix = "towncrier.releases")
public interface ReleasesConfig {
  /** Whether a release is let out, and further, by somebody who did not write it. */
  @WithDefault("false")
  boolean approvals();
}
