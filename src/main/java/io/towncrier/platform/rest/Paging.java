package io.towncrier.platform.rest;

import io.towncrier.platform.InputReader;
import io.towncrier.platform.PageRequest;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How every list is asked for: {@code limit}, {@code after} and {@code sort}, which names the key
 * of the list, with a hyphen before it for the other way round (docs/adr/0033).
 *
 * @param key what {@code sort} calls the key
 * @param newestFirst whether the list is descending when nothing is said
 */
public record Paging(String key, boolean newestFirst) {
  static final int DEFAULT_LIMIT = 100;
  static final int LARGEST_LIMIT = 500;

  /**
   * Reads the parameters; a defect is noted.
   *
   * @param cursor reads what {@code next} of a page was
   */
  public <K> PageRequest<K> read(
      InputReader input,
      @Nullable String limit,
      @Nullable String after,
      @Nullable String sort,
      Function<String, Optional<K>> cursor) {
    Optional<Integer> most =
        input.parsed(
            "limit", limit, Paging::number, "must be a whole number from 1 to " + LARGEST_LIMIT);
    Optional<K> from =
        input.parsed(
            "after", InputReader.withPlus(after), cursor, "must be the next of the page before");
    Optional<Boolean> descending =
        input.parsed("sort", sort, this::direction, "must be " + key + " or -" + key);
    return new PageRequest<>(from, descending.orElse(newestFirst), most.orElse(DEFAULT_LIMIT));
  }

  private Optional<Boolean> direction(String text) {
    if (text.equals(key)) {
      return Optional.of(false);
    }
    return text.equals("-" + key) ? Optional.of(true) : Optional.empty();
  }

  private static Optional<Integer> number(String text) {
    try {
      return Optional.of(Integer.parseInt(text))
          .filter(number -> number >= 1 && number <= LARGEST_LIMIT);
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }
}
