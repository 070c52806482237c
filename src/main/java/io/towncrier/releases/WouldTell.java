package io.towncrier.releases;

import io.smallrye.mutiny.Uni;

/** Counts whom the notices of a product's releases can reach. */
public interface WouldTell {
  /** At most so many devices are told of a release of the product; 0 when none is told of any. */
  Uni<Long> atMost(String product);
}
