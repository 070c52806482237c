package io.towncrier.releases;

import io.smallrye.mutiny.Uni;

/** Hears of a new catalogue before its import is answered, and from other instances. */
public interface CatalogueWatcher {
  /** The catalogue has changed; done when this instance answers from it. */
  Uni<Void> catalogueChanged();

  /**
   * Whether every change is told from now on. Until then, and behind a connection pooler that
   * swallows the messages, a watcher has to look for itself.
   */
  void changesAreTold(boolean told);
}
