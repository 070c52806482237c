package io.towncrier.releases.reach;

import io.smallrye.mutiny.Uni;
import java.util.Map;

/** Counts the registered devices of a product, without a look at any of them. */
public interface FleetSize {
  /** How many there are now; 0 of an unknown product. */
  Uni<Long> of(String product);

  /** How many there are now of each product that has any. */
  Uni<Map<String, Long>> ofEach();
}
