package io.towncrier.updates.decision;

import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionRange;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The versions of one product as numbers. Those that its releases name, as their own or as a bound,
 * are odd; what stands between two of them shares an even one. So a decision looks up the installed
 * version once, and compares numbers from then on.
 */
final class Positions {
  /** Of a text that is no version of the product. */
  static final int UNKNOWN = -1;

  private final VersionOrder order;
  private final Version[] named;
  private final Map<String, Integer> known;

  private Positions(VersionOrder order, Version[] named, Map<String, Integer> known) {
    this.order = order;
    this.named = named;
    this.known = known;
  }

  static Positions of(VersionOrder order, List<Release> releases) {
    Set<String> texts = new HashSet<>();
    releases.stream().flatMap(Positions::texts).forEach(texts::add);
    TreeSet<Version> versions = new TreeSet<>();
    texts.forEach(text -> order.read(text).ifPresent(versions::add));
    Positions unread = new Positions(order, versions.toArray(new Version[0]), Map.of());
    Map<String, Integer> known = new HashMap<>();
    for (Release release : releases) {
      order
          .read(release.version())
          .ifPresent(version -> known.put(release.version(), unread.of(version)));
    }
    return new Positions(order, unread.named, Map.copyOf(known));
  }

  private static Stream<String> texts(Release release) {
    return Stream.concat(
        Stream.of(release.version()),
        Stream.concat(
                release.targeting().floorFor().stream(),
                release.targeting().rules().stream()
                    .map(TargetingRule::installed)
                    .flatMap(Optional::stream))
            .flatMap(range -> Stream.of(range.from(), range.to(), range.before()))
            .flatMap(Optional::stream));
  }

  VersionOrder order() {
    return order;
  }

  /** Of the version that a text names, or {@link #UNKNOWN}. */
  int of(String text) {
    Integer position = known.get(text);
    if (position != null) {
      return position;
    }
    Optional<Version> version = order.read(text);
    return version.isPresent() ? of(version.get()) : UNKNOWN;
  }

  /** All are below it. */
  int count() {
    return 2 * named.length + 1;
  }

  /** Grows with the versions. */
  int of(Version version) {
    int found = Arrays.binarySearch(named, version);
    return found >= 0 ? 2 * found + 1 : 2 * (-found - 1);
  }

  /** The positions in a range; empty when a bound of it is no version of the product. */
  Optional<Span> of(VersionRange range) {
    return range.resolve(order::read) instanceof VersionRange.Resolved resolved
        ? Optional.of(
            new Span(
                resolved.from().map(this::of).orElse(0),
                resolved
                    .to()
                    .map(this::of)
                    .or(() -> resolved.before().map(end -> of(end) - 1))
                    .orElse(Integer.MAX_VALUE)))
        : Optional.empty();
  }

  /** From the first to the last, both in it. */
  record Span(int first, int last) {
    static final Span ALL = new Span(0, Integer.MAX_VALUE);

    boolean contains(int position) {
      return first <= position && position <= last;
    }
  }
}
