package io.towncrier.updates.lint;

import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The versions from which ways are walked: those of the releases, and of those that devices report,
 * one for all that no release and no range tells apart.
 */
final class LiveVersions {
  private final VersionOrder order;
  private final TreeMap<Version, Long> counters = new TreeMap<>();
  private final Map<String, Version> starts = new LinkedHashMap<>();
  private final long unknown;

  LiveVersions(List<Release> releases, VersionOrder order, Set<String> reported) {
    this.order = order;
    for (Release release : releases) {
      order
          .read(release.version())
          .ifPresent(
              version -> {
                counters.put(version, release.counter());
                starts.put(release.version(), version);
              });
    }
    TreeSet<Version> marks = new TreeSet<>(counters.keySet());
    releases.forEach(release -> bounds(release).forEach(marks::add));
    // On a mark or between two of them: within each, nothing tells versions apart.
    Map<Optional<Version>, String> between = new LinkedHashMap<>();
    for (String text : new TreeSet<>(reported)) {
      Optional<Version> version = order.read(text);
      if (version.isEmpty() || counters.containsKey(version.get())) {
        continue;
      }
      if (marks.contains(version.get())) {
        starts.put(text, version.get());
      } else if (between.putIfAbsent(Optional.ofNullable(marks.lower(version.get())), text)
          == null) {
        starts.put(text, version.get());
      }
    }
    this.unknown = reported.stream().filter(text -> order.read(text).isEmpty()).count();
  }

  /** As they are written, and as they are understood. */
  Map<String, Version> starts() {
    return starts;
  }

  /** How many that devices report cannot be understood. */
  long unknown() {
    return unknown;
  }

  /** What a device keeps that has it installed. */
  OptionalLong counter(Version installed) {
    Long counter = counters.get(installed);
    return counter == null ? OptionalLong.empty() : OptionalLong.of(counter);
  }

  /** Whether some are in this range and between two others, these not counted. */
  boolean anyBetween(Version older, Version newer, Optional<VersionRange.Resolved> range) {
    return starts.values().stream()
        .anyMatch(
            version ->
                version.isNewerThan(older)
                    && newer.isNewerThan(version)
                    && (range.isEmpty() || range.get().contains(version)));
  }

  private Stream<Version> bounds(Release release) {
    return Stream.concat(
            release.targeting().floorFor().stream(),
            release.targeting().rules().stream().flatMap(rule -> installed(rule)))
        .flatMap(range -> Stream.of(range.from(), range.to(), range.before()))
        .flatMap(Optional::stream)
        .flatMap(text -> order.read(text).stream());
  }

  private static Stream<VersionRange> installed(TargetingRule rule) {
    return rule.installed().stream();
  }
}
