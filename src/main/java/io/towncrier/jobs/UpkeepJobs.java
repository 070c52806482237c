package io.towncrier.jobs;

import io.towncrier.devices.TidyDevices;
import io.towncrier.updates.published.PublishSnapshot;
import jakarta.inject.Singleton;

/** Renews and removes what time makes old. */
@Singleton
class UpkeepJobs {
  private final PublishSnapshot publish;
  private final TidyDevices tidy;

  UpkeepJobs(PublishSnapshot publish, TidyDevices tidy) {
    this.publish = publish;
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

  /** Prunes push addresses and challenges that are past their time. */
  PeriodicJob tidyDevices() {
    return new PeriodicJob("tidied", Cadence.TIDY, tidy, tidy::run);
  }
}
