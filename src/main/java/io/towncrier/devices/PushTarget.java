package io.towncrier.devices;

import java.util.List;
import java.util.Optional;

/**
 * What a push needs of a device, as of the moment its row was locked.
 *
 * @param product id
 * @param productName as people know it; the id when the catalogue has no such product
 * @param facts as it last reported them
 * @param accounts that it is linked to; each of them has a say
 * @param address to which it can be pushed
 * @param kit whether its app has the kit, and shows notices itself where it can
 */
public record PushTarget(
    String deviceId,
    String product,
    String productName,
    Device.Facts facts,
    List<String> accounts,
    Optional<PushAddress> address,
    boolean kit) {
  public PushTarget {
    accounts = List.copyOf(accounts);
  }

  /** The same device with its links. */
  public PushTarget withAccounts(List<String> linked) {
    return new PushTarget(deviceId, product, productName, facts, linked, address, kit);
  }
}
