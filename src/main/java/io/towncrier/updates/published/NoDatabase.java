package io.towncrier.updates.published;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.updates.snapshots.SnapshotSource;
import java.util.Optional;

/** Nothing to fall back on. */
final class NoDatabase implements SnapshotSource {
  @Override
  public Uni<CatalogueStore.Revision> revision() {
    return none();
  }

  @Override
  public Uni<CatalogueStore.Content> load() {
    return none();
  }

  @Override
  public Uni<Optional<CatalogueStore.Content>> changesSince(CatalogueStore.Revision known) {
    return none();
  }

  @Override
  public Uni<Void> changedHere() {
    return none();
  }

  private static <T> Uni<T> none() {
    return Uni.createFrom().failure(new IllegalStateException("this function has no database"));
  }
}
