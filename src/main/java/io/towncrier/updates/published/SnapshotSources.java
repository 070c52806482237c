package io.towncrier.updates.published;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secrets;
import io.towncrier.releases.CatalogueDocument;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.updates.snapshots.SnapshotSource;
import io.towncrier.updates.snapshots.StoreSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chooses where snapshots come from. */
@ApplicationScoped
public class SnapshotSources {
  private final SnapshotConfig config;
  private final InstantSource clock;
  private @Nullable PublishedSnapshots published;

  public SnapshotSources(SnapshotConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  @Produces
  @ApplicationScoped
  SnapshotSource source(
      CatalogueStore store,
      CatalogueDocument documents,
      SnapshotObjects objects,
      SnapshotKeys keys,
      PublishSnapshot publish,
      KeptSnapshot kept) {
    SnapshotSource database = new StoreSnapshots(store);
    if (config.bucket().isEmpty()) {
      return new StoreOrKept(database, kept);
    }
    return published(objects, documents, keys, publish::run, database);
  }

  /** What was published and nothing else, for a function without a database or a container. */
  public SnapshotSource withoutDatabase(SnapshotObjects objects, CatalogueDocument documents) {
    return published(
        objects,
        documents,
        new SnapshotKeys(config, Secrets.PLAIN),
        () -> Uni.createFrom().item(false),
        new NoDatabase());
  }

  private SnapshotSource published(
      SnapshotObjects objects,
      CatalogueDocument documents,
      SnapshotKeys keys,
      Supplier<Uni<Boolean>> publish,
      SnapshotSource database) {
    if (config.publicKey().isEmpty()) {
      throw new IllegalStateException(
          "TOWNCRIER_SNAPSHOT_PUBLIC_KEY must be set with TOWNCRIER_SNAPSHOT_BUCKET:"
              + " without it, anybody who can write there could send any firmware.");
    }
    PublishedSnapshots made = new PublishedSnapshots(objects, documents, keys, publish, database);
    published = made;
    return made;
  }

  /**
   * How long ago the snapshot was signed from which is answered; empty when it is the database's.
   */
  public Optional<Duration> age() {
    Instant now = clock.instant();
    return Optional.ofNullable(published)
        .flatMap(PublishedSnapshots::signedAt)
        .map(signed -> Duration.between(signed, now));
  }

  /** Snapshots that were not taken since the start. */
  public long refused() {
    return published == null ? 0 : published.refused();
  }
}
