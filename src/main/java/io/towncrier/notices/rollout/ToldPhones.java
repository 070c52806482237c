package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import java.util.Optional;

/** What counts of the fleet do not tell of whom a release reaches. */
public interface ToldPhones {
  /** The kind of device that a product is for; empty when there is none with this id. */
  Uni<Optional<Device.Kind>> ownKind(String product);

  /**
   * How many phones share an account with a router of the product. No more than so many links are
   * looked at.
   */
  Uni<Phones> ofRouters(String product, int limit);

  /**
   * Phones that were counted.
   *
   * @param all whether there are no others
   */
  record Phones(long counted, boolean all) {}
}
