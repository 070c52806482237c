package io.towncrier.updates.snapshots;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.CatalogueStore;
import java.util.Optional;

/** Snapshots straight from the catalogue's own store. */
public final class StoreSnapshots implements SnapshotSource {
  private final CatalogueStore store;

  public StoreSnapshots(CatalogueStore store) {
    this.store = store;
  }

  @Override
  public Uni<CatalogueStore.Revision> revision() {
    return store.revision();
  }

  @Override
  public Uni<CatalogueStore.Content> load() {
    return store.load();
  }

  @Override
  public Uni<Optional<CatalogueStore.Content>> changesSince(CatalogueStore.Revision known) {
    return store.changesSince(known);
  }

  @Override
  public Uni<Void> changedHere() {
    return Uni.createFrom().voidItem();
  }
}
