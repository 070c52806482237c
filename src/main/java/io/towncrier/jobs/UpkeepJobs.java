package io.towncrier.jobs;

import io.towncrier.devices.TidyDevices;
import io.towncrier.fleet.FoldCounts;
import io.towncrier.updates.published.PublishSnapshot;
import jakarta.inject.Singleton;

/** Renews and removes what time makes old. */
@Singleton
class UpkeepJobs {
  private final PublishSnapshot publish;
  private final FoldCounts fold;
  private final TidyDevices tidy;

  UpkeepJobs(PublishSnapshot publish, FoldCounts fold, TidyDevices tidy) {
    this.publish = publish;
    this.fold = fold;
    this.tidy = tidy;
  }

  /** Signs the snapshot anew for functions without a database. */
  PeriodicJob publishSnapshot() {
    return new PeriodicJob(
        "snapshotsPublished",
        Cadence.TICK_ONLY,
        publish,
        hasTime -> publish.run().map(written -> written ? 1L : 0L));
  }

  /** Folds changes of the fleet into its counts. */
  PeriodicJob foldCounts() {
    return new PeriodicJob("countsFolded", Cadence.FOLD, fold, fold::run);
  }

  /** Prunes push addresses and challenges that are past their time. */
  PeriodicJob tidyDevices() {
    return new PeriodicJob("tidied", Cadence.TIDY, tidy, tidy::run);
  }
}
