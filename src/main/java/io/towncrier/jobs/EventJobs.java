package io.towncrier.jobs;

import io.towncrier.events.SendEvents;
import io.towncrier.releases.phases.WatchPhases;
import io.towncrier.releases.support.WatchSupport;
import jakarta.inject.Singleton;
import java.util.List;

/** What other systems of the operators are told. */
@Singleton
class EventJobs implements JobGroup {
  private final WatchPhases phases;
  private final WatchSupport support;
  private final SendEvents send;

  EventJobs(WatchPhases phases, WatchSupport support, SendEvents send) {
    this.phases = phases;
    this.support = support;
    this.send = send;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(watchPhases(), watchSupport(), send(), tidy());
  }

  /** Tells phases that have begun by their clock. */
  private PeriodicJob watchPhases() {
    return new PeriodicJob("phasesTold", Cadence.NOTICES, phases, phases::run);
  }

  /** Tells products whose support ends soon. */
  private PeriodicJob watchSupport() {
    return new PeriodicJob("supportTold", Cadence.TIDY, support, support::run);
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
