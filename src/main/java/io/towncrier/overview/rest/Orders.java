package io.towncrier.overview.rest;

import io.towncrier.overview.Sorted;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.rest.Paging;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a list is asked for that can be sorted by several keys.
 *
 * @param keys the first is what it is sorted by when nothing is said
 * @param newestFirst whether it is descending then
 */
record Orders(List<String> keys, boolean newestFirst) {
  /** Reads the parameters; a defect is noted. */
  <K> Sorted<K> read(
      InputReader input,
      @Nullable String limit,
      @Nullable String after,
      @Nullable String sort,
      Function<String, Optional<K>> cursor) {
    String named = sort == null || sort.isEmpty() ? keys.get(0) : sort.replaceFirst("^-", "");
    if (!keys.contains(named)) {
      input.reject(
          "sort",
          "must be "
              + keys.stream().map(key -> key + ", -" + key).collect(Collectors.joining(", ")));
      named = keys.get(0);
    }
    String understood = sort != null && sort.replaceFirst("^-", "").equals(named) ? sort : null;
    return new Sorted<>(
        named, new Paging(named, newestFirst).read(input, limit, after, understood, cursor));
  }
}
