package io.towncrier.jobs;

import io.towncrier.fleet.FoldCounts;
import io.towncrier.fleet.KeepAdoption;
import io.towncrier.notices.counts.FoldNoticeCounts;
import io.towncrier.reports.ContinueReports;
import io.towncrier.updates.published.PublishSnapshot;
import jakarta.inject.Singleton;
import java.util.List;

/** Renews what is read, and makes what somebody waits for. */
@Singleton
class UpkeepJobs implements JobGroup {
  private final PublishSnapshot publish;
  private final FoldCounts fold;
  private final FoldNoticeCounts foldNotices;
  private final KeepAdoption adoption;
  private final ContinueReports reports;

  UpkeepJobs(
      PublishSnapshot publish,
      FoldCounts fold,
      FoldNoticeCounts foldNotices,
      KeepAdoption adoption,
      ContinueReports reports) {
    this.publish = publish;
    this.fold = fold;
    this.foldNotices = foldNotices;
    this.adoption = adoption;
    this.reports = reports;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(
        publishSnapshot(), foldCounts(), foldNoticeCounts(), keepAdoption(), makeReports());
  }

  /** Signs the snapshot anew for functions without a database. */
  private PeriodicJob publishSnapshot() {
    return new PeriodicJob(
        "snapshotsPublished",
        Cadence.TICK_ONLY,
        publish,
        hasTime -> publish.run().map(written -> written ? 1L : 0L));
  }

  /** Folds changes of the fleet into its counts. */
  private PeriodicJob foldCounts() {
    return new PeriodicJob("countsFolded", Cadence.FOLD, fold, fold::run);
  }

  /** Folds what became of deliveries into the counts of their notices. */
  private PeriodicJob foldNoticeCounts() {
    return new PeriodicJob("noticeCountsFolded", Cadence.FOLD, foldNotices, foldNotices::run);
  }

  /** Counts each day, and each hour while a release is new, who has which version. */
  private PeriodicJob keepAdoption() {
    return new PeriodicJob("adoptionKept", Cadence.ROLLOUTS, adoption, adoption::run);
  }

  /** Makes the reports that operators wait for, and removes old ones. */
  private PeriodicJob makeReports() {
    return new PeriodicJob("reportPages", Cadence.REPORTS, reports, reports::run);
  }
}
