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
  /** How many items to read: one more than was asked for shows that the list has another page. */
  public int limitAndOne() {
    return limit + 1;
  }
}
