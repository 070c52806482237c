package io.towncrier.server;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.updates.published.KeptSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
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

  // Not at once: it would read the whole catalogue beside the first check, which waits for the
  // same.
  @Scheduled(
      every = "${towncrier.server.keep-snapshot-every}",
      delayed = "${towncrier.server.keep-snapshot-every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return store
        .revision()
        .chain(
            newest ->
                known()
                    .chain(
                        known ->
                            known.filter(newest::equals).isPresent()
                                ? Uni.createFrom().voidItem()
                                : keep()))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.warnf("the snapshot is not kept: %s", failure);
              return Uni.createFrom().voidItem();
            });
  }

  /** What is kept: by this process, or by one before it. */
  private Uni<Optional<CatalogueStore.Revision>> known() {
    CatalogueStore.Revision known = kept;
    return known != null
        ? Uni.createFrom().item(Optional.of(known))
        : Offload.run(snapshot::revision)
            .invoke(found -> found.ifPresent(revision -> kept = revision));
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
