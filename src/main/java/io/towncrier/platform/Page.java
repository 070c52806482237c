package io.towncrier.platform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param more whether the list goes on behind it
 * @param counted how many items the list has, counted no further than to {@link #COUNTED} + 1
 */
public record Page<T>(List<T> items, boolean more, long counted) {
  /** So many are counted: the number is for people, and a list may be as long as the fleet. */
  public static final int COUNTED = 10_000;

  public Page {
    items = List.copyOf(items);
  }

  /**
   * A page of what was found.
   *
   * @param found one item more than was asked for, if there is one
   */
  public static <T> Page<T> of(List<T> found, PageRequest<?> request, long counted) {
    boolean more = found.size() > request.limit();
    return new Page<>(more ? found.subList(0, request.limit()) : found, more, counted);
  }

  /** A page of a list that is at hand as a whole; empty behind an unknown key. */
  public static <T, K> Page<T> within(
      List<T> descending, PageRequest<K> request, Function<T, K> key) {
    List<T> ordered = new ArrayList<>(descending);
    if (!request.descending()) {
      Collections.reverse(ordered);
    }
    int from = 0;
    if (request.after().isPresent()) {
      List<K> keys = ordered.stream().map(key).toList();
      int at = keys.indexOf(request.after().get());
      from = at < 0 ? ordered.size() : at + 1;
    }
    return of(
        ordered.subList(from, Math.min(ordered.size(), from + request.limitAndOne())),
        request,
        ordered.size());
  }

  /** The items as they are shown. */
  public <S> List<S> items(Function<T, S> shown) {
    return items.stream().map(shown).toList();
  }

  /** The text by which the next page is asked for; empty when there is none. */
  public Optional<String> next(Function<T, String> key) {
    return more ? Optional.of(key.apply(items.get(items.size() - 1))) : Optional.empty();
  }

  /** Digits, or {@code 10000+}. */
  public String total() {
    return counted > COUNTED ? COUNTED + "+" : Long.toString(counted);
  }
}
