package io.towncrier.jobs;

import io.towncrier.devices.retirement.TidyDevices;
import io.towncrier.platform.rest.guards.Repeats;
import io.towncrier.privacy.processors.EraseAtProcessors;
import io.towncrier.privacy.retention.RemoveOverdue;
import io.towncrier.privacy.rights.EraseDue;
import jakarta.inject.Singleton;
import java.util.List;

/** Removes what time has made old. */
@Singleton
class RetentionJobs implements JobGroup {
  private final TidyDevices tidy;
  private final EraseDue erase;
  private final RemoveOverdue remove;
  private final EraseAtProcessors atProcessors;
  private final Repeats repeats;

  RetentionJobs(
      TidyDevices tidy,
      EraseDue erase,
      EraseAtProcessors atProcessors,
      RemoveOverdue remove,
      Repeats repeats) {
    this.tidy = tidy;
    this.erase = erase;
    this.atProcessors = atProcessors;
    this.remove = remove;
    this.repeats = repeats;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(
        tidyDevices(), eraseDue(), eraseAtProcessors(), removeOverdue(), forgetRepeats());
  }

  /** Prunes push addresses and challenges that are past their time. */
  private PeriodicJob tidyDevices() {
    return new PeriodicJob("tidied", Cadence.TIDY, tidy, tidy::run);
  }

  /** Erases cancelled accounts whose time has come. */
  private PeriodicJob eraseDue() {
    return new PeriodicJob("accountsErased", Cadence.TIDY, erase, erase::run);
  }

  /** Has processors delete what they keep of people who have gone. */
  private PeriodicJob eraseAtProcessors() {
    return new PeriodicJob("erasedAtProcessors", Cadence.TIDY, atProcessors, atProcessors::run);
  }

  /** Removes what has outlived its period. */
  private PeriodicJob removeOverdue() {
    return new PeriodicJob("overdueRemoved", Cadence.TIDY, remove, remove::run);
  }

  /** Forgets keys of requests that nobody sends again. */
  private PeriodicJob forgetRepeats() {
    return new PeriodicJob("repeatsForgotten", Cadence.TIDY, repeats, repeats::forget);
  }
}
