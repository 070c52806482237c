package io.towncrier.jobs;

import io.towncrier.audit.AuditReads;
import io.towncrier.audit.SignOffHeads;
import io.towncrier.privacyrequests.WatchDeadlines;
import jakarta.inject.Singleton;
import java.util.List;

/** What a privacy officer must not forget. */
@Singleton
class OfficerJobs implements JobGroup {
  private final WatchDeadlines deadlines;
  private final AuditReads reads;
  private final SignOffHeads heads;

  OfficerJobs(WatchDeadlines deadlines, AuditReads reads, SignOffHeads heads) {
    this.deadlines = deadlines;
    this.reads = reads;
    this.heads = heads;
  }

  /** Signs off where the audit chains end, once a day. */
  private PeriodicJob signOffHeads() {
    return new PeriodicJob("headsSigned", Cadence.TIDY, heads, heads::run);
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(watchDeadlines(), chainReads(), signOffHeads());
  }

  /** Chains the audited reads that wait. */
  private PeriodicJob chainReads() {
    return new PeriodicJob("readsChained", Cadence.FOLD, reads, reads::chain);
  }

  /** Looks which privacy requests are due soon, or overdue. */
  private PeriodicJob watchDeadlines() {
    return new PeriodicJob(
        "requestsPressing",
        Cadence.NOTICES,
        deadlines,
        hasTime -> deadlines.run().map(found -> found.alarm()));
  }
}
