package io.towncrier.updates.snapshots;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.CatalogueStore;
import java.util.Optional;

/** A source that always has the same catalogue. */
record FixedSnapshot(CatalogueStore.Content content) implements SnapshotSource {
  @Override
  public Uni<CatalogueStore.Revision> revision() {
    return Uni.createFrom().item(content.revision());
  }

  @Override
  public Uni<CatalogueStore.Content> load() {
    return Uni.createFrom().item(content);
  }

  @Override
  public Uni<Optional<CatalogueStore.Content>> changesSince(CatalogueStore.Revision known) {
    return Uni.createFrom().item(Optional.empty());
  }

  @Override
  public Uni<Void> changedHere() {
    return Uni.createFrom().voidItem();
  }
}
