package io.towncrier.server.start;

import io.quarkus.runtime.StartupEvent;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Reads the catalogue while the rest of the server starts: the first check need not wait for it.
 */
@ApplicationScoped
class SnapshotAtStart {
  private static final Logger LOG = Logger.getLogger(SnapshotAtStart.class);
  // Before those that wait for the database.
  private static final int FIRST = 0;

  private final CurrentSnapshot snapshot;

  SnapshotAtStart(CurrentSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  void started(@Observes @Priority(FIRST) StartupEvent event) {
    snapshot
        .get()
        .subscribe()
        .with(read -> {}, away -> LOG.debugf("the first check reads the catalogue: %s", away));
  }
}
