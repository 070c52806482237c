package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.CatalogueWatcher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

/** Tells this instance of a change that it has made itself; the others hear of it by themselves. */
@ApplicationScoped
class CatalogueNews {
  private final Instance<CatalogueWatcher> watchers;

  CatalogueNews(Instance<CatalogueWatcher> watchers) {
    this.watchers = watchers;
  }

  /** Done when every watcher here knows; to be called after the commit. */
  Uni<Void> tell() {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (CatalogueWatcher watcher : watchers) {
      all = all.chain(watcher::catalogueChanged);
    }
    return all;
  }
}
