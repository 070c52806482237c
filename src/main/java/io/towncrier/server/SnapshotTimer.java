package io.towncrier.server;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.updates.published.KeptSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps the newest snapshot in the data directory, for a start without the database. */
@ApplicationScoped
class SnapshotTimer {
  private static final Logger LOG = Logger.getLogger(SnapshotTimer.class);

  private final CatalogueStore store;
  private final KeptSnapshot snapshot;
  private volatile CatalogueStore.@Nullable Revision kept;

  SnapshotTimer(CatalogueStore store, KeptSnapshot snapshot) {
    this.store = store;
    this.snapshot = snapshot;
  }

  @Scheduled(
      every = "${towncrier.server.keep-snapshot-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return store
        .revision()
        .chain(newest -> newest.equals(kept) ? Uni.createFrom().voidItem() : keep())
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("the snapshot is not kept: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> keep() {
    return store
        .load()
        .chain(
            content ->
                Offload.run(
                    () -> {
                      snapshot.write(content);
                      return content.revision();
                    }))
        .invoke(revision -> kept = revision)
        .replaceWithVoid();
  }
}
