package io.towncrier.updates.snapshots;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.CatalogueStore;
import java.util.Optional;

/** Where an instance takes its snapshot from: the database, or what was published of it. */
public interface SnapshotSource {
  /** One that always has this catalogue. */
  static SnapshotSource fixed(CatalogueStore.Content content) {
    return new FixedSnapshot(content);
  }

  /** The newest revision that is to be had. */
  Uni<CatalogueStore.Revision> revision();

  /** Everything of it. */
  Uni<CatalogueStore.Content> load();

  /** The products that have changed since; empty when only everything can be told. */
  Uni<Optional<CatalogueStore.Content>> changesSince(CatalogueStore.Revision known);

  /** This instance has changed the catalogue: done when it, and others if they can, find that. */
  Uni<Void> changedHere();
}
