package io.towncrier.platform;

import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param <K> by what the list is sorted: a key that no two of its items share
 * @param after begins behind the item with this key, in the order of the list
 * @param descending whether the order is turned round
 * @param limit how many items at most
 */
public record PageRequest<K>(Optional<K> after, boolean descending, int limit) {
  /** What there is one item of more than was asked for is not at its end. */
  public int limitAndOne() {
    return limit + 1;
  }
}
