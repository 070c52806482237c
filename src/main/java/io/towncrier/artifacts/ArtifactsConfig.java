package io.towncrier.artifacts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How images are kept that operators upload. */
@ConfigMapping(prefix = "towncrier.artifacts")
public interface ArtifactsConfig {
  /**
   * Plain server: the folder of the images, in place of {@code artifacts} in the data directory.
   * Several servers on one database share one.
   */
  Optional<Path> folder();

  /** Functions only: the bucket that the CDN serves {@code /artifacts/} from. */
  Optional<String> bucket();

  /** An upload that is not complete by then is removed with all its parts. */
  @WithDefault("24h")
  Duration abandonedAfter();

  /** What no release refers to is removed after that time. */
  @WithDefault("30d")
  Duration unusedAfter();

  /**
   * How long the image of a published security release cannot be deleted. The Cyber Resilience Act
   * (Regulation (EU) 2024/2847, Article 13(9)) asks for ten years.
   */
  @WithDefault("3650d")
  Duration securityKeptFor();

  /** How long a link to an image is good that is not published. */
  @WithDefault("1h")
  Duration linkLife();
}
