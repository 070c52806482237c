package io.towncrier.notices.counts;

import io.smallrye.mutiny.Uni;

/** What has changed of deliveries and is not folded into the counts of their notices yet. */
public interface NoticeChanges {
  /**
   * Folds so many at most, of those that nobody else folds just now, and adds what came to an end
   * to the series of its minute.
   *
   * @return how many
   */
  Uni<Long> fold(int limit);
}
