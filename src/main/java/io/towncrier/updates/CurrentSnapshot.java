package io.towncrier.updates;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.CatalogueWatcher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot that this instance knows. It asks the database at most once per max age
 * whether there is a newer one, and goes on with the last good one while the database is away.
 */
@ApplicationScoped
public class CurrentSnapshot implements CatalogueWatcher {
  private static final Logger LOG = Logger.getLogger(CurrentSnapshot.class);

  private final CatalogueStore store;
  private final Duration maxAge;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private volatile @Nullable Held held;

  CurrentSnapshot(CatalogueStore store, UpdatesConfig config) {
    this.store = store;
    this.maxAge = config.snapshotMaxAge();
  }

  /** Fails only when no snapshot was ever loaded and the database cannot be read. */
  public Uni<Snapshot> get() {
    Held known = held;
    if (known == null) {
      return load();
    }
    // One request pays for the look; the others do not wait for it.
    if (known.isFresh(maxAge) || !refreshing.compareAndSet(false, true)) {
      return Uni.createFrom().item(known.snapshot);
    }
    return store
        .revision()
        .chain(
            revision ->
                revision.equals(known.snapshot.id())
                    ? Uni.createFrom().item(hold(known.snapshot))
                    : load())
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("answering from snapshot %s: %s", known.snapshot.id(), failure);
              return hold(known.snapshot);
            })
        .eventually(() -> refreshing.set(false));
  }

  @Override
  public Uni<Void> catalogueChanged() {
    return load().replaceWithVoid();
  }

  private Uni<Snapshot> load() {
    return store.load().map(content -> hold(Snapshot.of(content)));
  }

  private Snapshot hold(Snapshot snapshot) {
    held = new Held(snapshot, System.nanoTime());
    return snapshot;
  }

  private record Held(Snapshot snapshot, long checkedNanos) {
    boolean isFresh(Duration maxAge) {
      return System.nanoTime() - checkedNanos < maxAge.toNanos();
    }
  }
}
