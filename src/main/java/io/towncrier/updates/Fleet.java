package io.towncrier.updates;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.targeting.ClientFacts;
import java.util.List;
import java.util.Optional;

/** The registered devices, as far as decisions about updates need them. */
public interface Fleet {
  /** What a device last said of itself; empty when there is none with this id. */
  Uni<Optional<Member>> find(String deviceId);

  /**
   * Devices of a product in the order of their ids, without revoked ones.
   *
   * @param after begins behind this id; empty text for the first
   */
  Uni<List<Member>> page(String product, String after, int limit);

  /** The same, without devices of another kind than the product's: a phone has no firmware. */
  Uni<List<Member>> pageOfOwnKind(String product, String after, int limit);

  /** Whether the product of a device is of the device's own kind. */
  Uni<Boolean> isOfOwnKind(String deviceId);

  /** A device, its product and its facts. */
  record Member(String deviceId, String product, ClientFacts facts) {}
}
