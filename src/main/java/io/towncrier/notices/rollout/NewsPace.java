package io.towncrier.notices.rollout;

import io.towncrier.downloads.DownloadBudget;
import io.towncrier.releases.Release;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How fast devices hear of a release: they come for its download. The budget by which they are
 * admitted to it is the same one, where it is set.
 */
@ApplicationScoped
class NewsPace {
  private static final double NANOS = 1e9;

  private final long bytesPerSecond;

  NewsPace(DownloadBudget budget, RolloutNoticesConfig config) {
    this.bytesPerSecond = budget.bytesPerSecond().orElse(config.downloadBudget());
  }

  /** As long as the download of one takes of the budget. */
  Duration step(Release release) {
    return Duration.ofNanos((long) (NANOS * release.content().downloadSize() / bytesPerSecond));
  }
}
