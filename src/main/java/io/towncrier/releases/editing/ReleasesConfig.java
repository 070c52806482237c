package io.towncrier.releases.editing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How releases are worked on. */
@ConfigMapping(prefix = "towncrier.releases")
public interface ReleasesConfig {
  /** Whether a release is published by somebody other than who drafted it. */
  @WithDefault("false")
  boolean approvals();
}
