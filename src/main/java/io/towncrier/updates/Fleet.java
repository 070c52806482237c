package io.towncrier.updates;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.targeting.ClientFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The registered devices, as far as decisions about updates need them. */
public interface Fleet {
  /** What a device last said of itself; empty when there is none with this id. */
  Uni<Optional<Member>> find(String deviceId);

  /**
   * Devices of a product in the order of their ids.
   *
   * @param after begins behind this id; empty text for the first
   */
  Uni<List<Member>> page(String product, String after, int limit);

  /** The same, without devices of another kind than the product's: a phone has no firmware. */
  Uni<List<Member>> pageOfOwnKind(String product, String after, int limit);

  /** Whether the product of a device is of the device's own kind. */
  Uni<Boolean> isOfOwnKind(String deviceId);

  /** The versions that devices of these products report; a product without devices is left out. */
  Uni<Map<String, Set<String>>> versions(Set<String> products);

  /** The languages that devices report, BCP 47 tags. */
  Uni<Set<String>> languages();

  /** Those of these products of which a device reports a release counter that is not zero. */
  Uni<Set<String>> counting(Set<String> products);

  /** A device, its product and its facts. */
  record Member(String deviceId, String product, ClientFacts facts) {}
}
