package io.towncrier.updates.preview;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.targeting.ClientFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the registered devices report, all together. A look does not take longer for a larger fleet.
 */
public interface FleetFacts {
  /** The versions that devices of these products report; a product without devices is left out. */
  Uni<Map<String, Set<String>>> versions(Set<String> products);

  /** The languages that devices report, BCP 47 tags. */
  Uni<Set<String>> languages();

  /**
   * Devices of a product in groups that are alike in everything but cohort, hardware, counter and
   * id, which are in none of their facts.
   */
  Uni<List<Alike>> alike(String product);

  /** Some devices of such a group, in the order of their ids. */
  Uni<List<String>> idsOf(String product, Alike group, int limit);

  /** Those of these products of which a device reports a release counter that is not zero. */
  Uni<Set<String>> counting(Set<String> products);

  /**
   * Devices that are alike.
   *
   * @param timeZone as they report it; in the facts only as far as our zone data have it
   */
  record Alike(ClientFacts facts, Optional<String> timeZone, long devices) {}
}
