package io.towncrier.jobs;

import io.towncrier.delivery.sending.WatchStandstill;
import io.towncrier.installation.RecogniseRestore;
import io.towncrier.preferences.AuditEssentials;
import jakarta.inject.Singleton;

/** What state this installation is in: restored, standing still, configured otherwise. */
@Singleton
class StateJobs {
  private final RecogniseRestore restore;
  private final WatchStandstill standstill;
  private final AuditEssentials essentials;

  StateJobs(RecogniseRestore restore, WatchStandstill standstill, AuditEssentials essentials) {
    this.restore = restore;
    this.standstill = standstill;
    this.essentials = essentials;
  }

  /** Moves the mark on by which a restored database is recognised. */
  PeriodicJob mark() {
    return new PeriodicJob(
        "marked", Cadence.MARK, restore, hasTime -> restore.mark().replaceWith(1L));
  }

  /** Looks whether pushes wait for an operator. */
  PeriodicJob watch() {
    return new PeriodicJob(
        "pushesWait",
        Cadence.MARK,
        standstill,
        hasTime -> standstill.run().map(because -> because.isPresent() ? 1L : 0L));
  }

  /** A change of the configuration takes effect with a start, and is audited then. */
  PeriodicJob auditEssentials() {
    return new PeriodicJob(
        "essentials", Cadence.ONCE, essentials, hasTime -> essentials.run().replaceWith(1L));
  }
}
