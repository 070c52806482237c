package io.towncrier.releases.version;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Versions of one product in natural order whose order changed when a bare letter behind a number
 * became a later build (docs/adr/0023).
 *
 * @param before the oldest first, as they stood
 * @param now the oldest first, as they stand
 */
public record Reordered(List<String> before, List<String> now) {
  public Reordered {
    before = List.copyOf(before);
    now = List.copyOf(now);
  }

  /** Empty when the order of these texts is as it was; texts that are no version are left out. */
  public static Optional<Reordered> of(List<String> texts) {
    List<String> before = sorted(texts, NaturalOrder::parseFormerly);
    List<String> now = sorted(texts, NaturalOrder::parse);
    return before.equals(now)
            && steps(before, NaturalOrder::parseFormerly).equals(steps(now, NaturalOrder::parse))
        ? Optional.empty()
        : Optional.of(new Reordered(before, now));
  }

  private static List<String> sorted(
      List<String> texts, Function<String, Optional<Version>> reader) {
    return texts.stream()
        .distinct()
        .filter(text -> reader.apply(text).isPresent())
        .sorted(
            Comparator.comparing((String text) -> reader.apply(text).orElseThrow())
                .thenComparing(text -> text))
        .toList();
  }

  /** Of each but the first, whether it is newer than the one before or the same version. */
  private static List<Boolean> steps(
      List<String> sorted, Function<String, Optional<Version>> reader) {
    List<Version> versions = sorted.stream().flatMap(t -> reader.apply(t).stream()).toList();
    return IntStream.range(1, versions.size())
        .mapToObj(i -> versions.get(i).isNewerThan(versions.get(i - 1)))
        .toList();
  }
}
