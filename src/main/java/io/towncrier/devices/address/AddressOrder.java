package io.towncrier.devices.address;

import io.towncrier.devices.PushAddress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The push addresses of a device, in the order in which they are tried; at most one of a provider
 * (docs/adr/0069). Pure.
 *
 * @param all the first is the one that is tried first
 */
public record AddressOrder(List<Held> all) {
  /** Of a device that is not reached. */
  public static final AddressOrder NONE = new AddressOrder(List.of());

  public AddressOrder {
    all = List.copyOf(all);
    if (all.stream().map(Held::provider).distinct().count() < all.size()) {
      throw new IllegalArgumentException("a device has one address of a provider");
    }
  }

  /** The place of a provider's address, from 1 on; behind all where it has none. */
  int placeOf(String provider) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).provider().equals(provider)) {
        return i + 1;
      }
    }
    return all.size() + 1;
  }

  /** This very address, where it was proved before. */
  Optional<Held> proved(AddressStore.Proof proof) {
    return all.stream().filter(held -> held.isProved(proof)).findFirst();
  }

  /**
   * With another address, in the place of what the device had of the same provider.
   *
   * @param preference its place from 1 on; one that is too far behind is the last. Empty for
   *     clients that know of one address alone: then it takes the place of the first
   */
  public AddressOrder with(Held other, Optional<Integer> preference) {
    List<Held> order = new ArrayList<>(all);
    if (preference.isEmpty() && !order.isEmpty()) {
      order.remove(0);
    }
    order.removeIf(held -> held.provider().equals(other.provider()));
    order.add(Math.min(preference.orElse(1) - 1, order.size()), other);
    return new AddressOrder(order);
  }

  /** Without what the device has of a provider; the next takes its place. */
  AddressOrder without(String provider) {
    return new AddressOrder(
        all.stream().filter(held -> !held.provider().equals(provider)).toList());
  }

  /**
   * An address that a device has.
   *
   * @param index keyed hash of the address
   * @param confirmedOn empty when it was never proved
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, or compared by content.
  public record Held(PushAddress address, byte[] index, Optional<LocalDate> confirmedOn) {
    String provider() {
      return address.provider();
    }

    private boolean isProved(AddressStore.Proof proof) {
      return confirmedOn.isPresent()
          && address.kind() == proof.address().kind()
          && proof.index().contain(index);
    }

    /** The same, brought again on a day. */
    Held confirmed(LocalDate today) {
      return confirmedOn.filter(day -> !day.isBefore(today)).isPresent()
          ? this
          : new Held(address, index, Optional.of(today));
    }
  }
}
