package io.towncrier.downloads;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How much registered devices may begin to download at once. */
@ConfigMapping(prefix = "towncrier.downloads")
public interface DownloadsConfig {
  /**
   * Bytes a second that may be begun in each country, by the size of what is offered. A device that
   * has to wait is answered {@code download-budget} and when to come again. It is the pace of
   * notices about releases as well, in place of {@code TOWNCRIER_ROLLOUT_NOTICES_DOWNLOAD_BUDGET}.
   * Without it no device waits.
   */
  Optional<Long> budget();
}
