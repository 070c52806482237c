package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The buckets that all processes share, one for each region. */
public interface BucketStore {
  /** As it was kept last; empty when nothing was begun in this region yet. */
  Uni<Optional<Bucket>> find(String region);

  /** Keeps the first one of a region, unless there is one. */
  Uni<Void> open(String region, Bucket first);

  /**
   * Keeps what became of a bucket, unless it has become something else meanwhile. It is one
   * statement, in the transaction that keeps for whom it was.
   *
   * @return whether it is kept
   */
  Uni<Boolean> replace(String region, Bucket known, Bucket next);
}
