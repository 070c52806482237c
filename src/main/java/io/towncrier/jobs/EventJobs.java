package io.towncrier.jobs;

import io.towncrier.events.SendEvents;
import io.towncrier.releases.phases.WatchPhases;
import jakarta.inject.Singleton;
import java.util.List;

/** What other systems of the operators are told. */
@Singleton
class EventJobs implements JobGroup {
  private final WatchPhases phases;
  private final SendEvents send;

  EventJobs(WatchPhases phases, SendEvents send) {
    this.phases = phases;
    this.send = send;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(watchPhases(), send(), tidy());
  }

  /** Tells phases that have begun by their clock. */
  private PeriodicJob watchPhases() {
    return new PeriodicJob("phasesTold", Cadence.NOTICES, phases, phases::run);
  }

  /** Sends what waits, and tries again what was not taken. */
  private PeriodicJob send() {
    return new PeriodicJob("eventsSent", Cadence.EVENTS, send, send::run);
  }

  /** Removes what was taken or given up long ago. */
  private PeriodicJob tidy() {
    return new PeriodicJob("eventsTidied", Cadence.TIDY, send, send::tidy);
  }
}
