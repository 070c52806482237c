package io.towncrier.releases;

import io.smallrye.mutiny.Uni;

/** Hears of a new catalogue before its import is answered. */
public interface CatalogueWatcher {
  Uni<Void> catalogueChanged();
}
