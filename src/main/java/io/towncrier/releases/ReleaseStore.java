package io.towncrier.releases;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Keeps releases one by one. Whoever changes one says which revision they have seen. */
public interface ReleaseStore {
  Uni<Optional<Stored>> find(ReleaseId id);

  /**
   * Releases in the order of product and version text.
   *
   * @param product only of this one
   * @param state only in this one
   * @param after begins behind this one
   */
  Uni<List<Stored>> list(
      Optional<String> product,
      Optional<Release.State> state,
      Optional<ReleaseId> after,
      int limit);

  /** Whether it was new; one that is there already is not touched. */
  Uni<Boolean> insert(ReleaseId id, Release release, String author);

  /**
   * Whether the revision was still the newest.
   *
   * @param author who wrote what it now says; empty when only its life goes on
   */
  Uni<Boolean> update(ReleaseId id, Release release, int revision, Optional<String> author);

  /** Published releases that come to the fleet in phases, of all products. */
  Uni<List<Stored>> withPhases();

  /** Writes releases whose life goes on; their authors stay. */
  Uni<Void> updateAll(List<Stored> releases);

  /** Whether the revision was still the newest. */
  Uni<Boolean> delete(ReleaseId id, int revision);

  /**
   * A release and what operators need beside it.
   *
   * @param revision grows with each change
   * @param author who wrote it last
   */
  record Stored(ReleaseId id, Release release, int revision, Optional<String> author) {}
}
