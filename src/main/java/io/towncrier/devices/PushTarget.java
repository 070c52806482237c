package io.towncrier.devices;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a push needs of a device, as of the moment its row was locked.
 *
 * @param product id
 * @param productName as people know it; the id when the catalogue has no such product
 * @param facts as it last reported them
 * @param accounts that it is linked to; each of them has a say
 * @param address to which it is pushed; of several the first
 * @param kit whether its app has the kit, and shows notices itself where it can
 * @param further addresses of other providers, in the order in which they are tried
 */
public record PushTarget(
    String deviceId,
    String product,
    String productName,
    Device.Facts facts,
    List<String> accounts,
    Optional<PushAddress> address,
    boolean kit,
    List<PushAddress> further) {
  public PushTarget {
    accounts = List.copyOf(accounts);
    further = List.copyOf(further);
  }

  /** One with a single address. */
  public PushTarget(
      String deviceId,
      String product,
      String productName,
      Device.Facts facts,
      List<String> accounts,
      Optional<PushAddress> address,
      boolean kit) {
    this(deviceId, product, productName, facts, accounts, address, kit, List.of());
  }

  /** The same device with what is read behind its lock. */
  public PushTarget with(List<String> linked, List<PushAddress> others) {
    return new PushTarget(deviceId, product, productName, facts, linked, address, kit, others);
  }

  /** The same device, pushed to at one of its addresses. */
  public PushTarget at(Optional<PushAddress> one) {
    return new PushTarget(deviceId, product, productName, facts, accounts, one, kit, further);
  }

  /** In the order in which they are tried. */
  public List<PushAddress> addresses() {
    return Stream.concat(address.stream(), further.stream()).toList();
  }
}
