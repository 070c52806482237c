package io.towncrier.delivery.sending;

import io.towncrier.delivery.Outbox;
import io.towncrier.devices.PushAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of its device's addresses a delivery goes to, and where it goes on when that one does not
 * take it (docs/adr/0069): pure.
 *
 * @param address whose turn it is; of those that cannot be used the first, empty without any
 * @param passed providers that its round has gone past
 * @param next providers that are left of its round, in the order of preference
 * @param first provider with which a round begins; empty where there is no choice
 */
record AddressTurn(
    Optional<PushAddress> address, List<String> passed, List<String> next, Optional<String> first) {
  AddressTurn {
    passed = List.copyOf(passed);
    next = List.copyOf(next);
  }

  /**
   * The turn of a delivery.
   *
   * @param addresses of its device, in the order of preference
   * @param passed providers that its round has gone past; when these are all, a new one begins
   */
  static AddressTurn of(Route route, List<PushAddress> addresses, List<String> passed) {
    List<PushAddress> allowed = addresses.stream().filter(route::allows).toList();
    List<PushAddress> usable = allowed.stream().filter(route::isReached).toList();
    if (usable.size() < 2) {
      return new AddressTurn(
          Stream.of(usable, allowed, addresses).flatMap(List::stream).findFirst(),
          passed,
          List.of(),
          Optional.empty());
    }
    boolean isOver = usable.stream().allMatch(one -> passed.contains(one.provider()));
    List<String> gone = isOver ? List.of() : passed;
    List<PushAddress> left = usable.stream().filter(one -> !gone.contains(one.provider())).toList();
    return new AddressTurn(
        Optional.of(left.get(0)),
        gone,
        left.stream().skip(1).map(PushAddress::provider).toList(),
        Optional.of(usable.get(0).provider()));
  }

  /** To the next address of the round; empty where none is left. */
  Optional<Outbox.Move> onwards() {
    return next.stream().findFirst().map(provider -> new Outbox.Move(withThis(), provider));
  }

  /**
   * To the first address, when the last one of a round has not taken it. All stay named: any of
   * them may hold the push, and is told when it is called back.
   */
  Optional<Outbox.Move> anew() {
    return next.isEmpty() && !passed.isEmpty()
        ? first.map(provider -> new Outbox.Move(withThis(), provider))
        : Optional.empty();
  }

  private List<String> withThis() {
    return Stream.concat(passed.stream(), address.stream().map(PushAddress::provider))
        .distinct()
        .toList();
  }
}
