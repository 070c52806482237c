package io.towncrier.releases.reach;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;

/** Counts the registered devices of a product, without a look at any of them. */
public interface FleetSize {
  /** How many there are now; 0 of an unknown product. */
  Uni<Long> of(String product);

  /** How many there are now of each product that has any. */
  Uni<Map<String, Long>> ofEach();

  /** The same of those alone that name one of these channels, whether it is known or not. */
  Uni<Map<String, Long>> naming(Set<String> channels);
}
