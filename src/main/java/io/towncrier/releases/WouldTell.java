package io.towncrier.releases;

import io.smallrye.mutiny.Uni;

/** Counts whom the notices of a product's releases can reach. */
public interface WouldTell {
  /** How many devices a release of the product notifies at most; 0 when it notifies none. */
  Uni<Long> atMost(String product);
}
