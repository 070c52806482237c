package io.towncrier.notices.canary;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Phones of the maker's own that get a notice at regular times: whether pushes are shown. */
@ConfigMapping(prefix = "towncrier.canary")
public interface CanaryConfig {
  /**
   * Ids of phones of the maker's own, at most ten, with the kit in their app. They get a test
   * notice at regular times.
   */
  Optional<List<String>> devices();

  /** How often they get one, at least five minutes. Without it, or without phones: never. */
  Optional<Duration> every();

  /**
   * Within which time it has to be known that it was shown: from 30 seconds to half of the time
   * between two. An alarm rings when no phone of a push provider keeps it.
   */
  @WithDefault("2m")
  Duration within();
}
