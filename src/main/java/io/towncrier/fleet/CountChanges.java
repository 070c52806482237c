package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;

/** What has changed in the fleet and is not folded into the counts yet. */
public interface CountChanges {
  /**
   * Folds so many at most, of those that nobody else folds just now.
   *
   * @return how many
   */
  Uni<Long> fold(int limit);
}
