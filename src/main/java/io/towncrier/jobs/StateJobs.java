package io.towncrier.jobs;

import io.towncrier.delivery.sending.WatchStandstill;
import io.towncrier.installation.EraseAgain;
import io.towncrier.installation.RecogniseRestore;
import io.towncrier.preferences.AuditEssentials;
import jakarta.inject.Singleton;
import java.util.List;

/** What state this installation is in: restored, standing still, configured otherwise. */
@Singleton
class StateJobs implements JobGroup {
  private final RecogniseRestore restore;
  private final WatchStandstill standstill;
  private final AuditEssentials essentials;
  private final EraseAgain erase;

  StateJobs(
      RecogniseRestore restore,
      WatchStandstill standstill,
      AuditEssentials essentials,
      EraseAgain erase) {
    this.restore = restore;
    this.standstill = standstill;
    this.essentials = essentials;
    this.erase = erase;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(mark(), eraseAgain(), watch(), auditEssentials());
  }

  /** Moves the mark on by which a restored database is recognised. */
  private PeriodicJob mark() {
    return new PeriodicJob(
        "marked", Cadence.MARK, restore, hasTime -> restore.mark().replaceWith(1L));
  }

  /** Erases in a restored database what was erased since its backup. */
  private PeriodicJob eraseAgain() {
    return new PeriodicJob("erasedAgain", Cadence.MARK, erase, erase::run);
  }

  /** Looks whether pushes wait for an operator. */
  private PeriodicJob watch() {
    return new PeriodicJob(
        "pushesWait",
        Cadence.MARK,
        standstill,
        hasTime -> standstill.run().map(because -> because.isPresent() ? 1L : 0L));
  }

  /** A change of the configuration takes effect with a start, and is audited then. */
  private PeriodicJob auditEssentials() {
    return new PeriodicJob(
        "essentials", Cadence.ONCE, essentials, hasTime -> essentials.run().replaceWith(1L));
  }
}
