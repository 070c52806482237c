package io.towncrier.updates.lint;

import io.towncrier.releases.Release;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be wrong with the order of a product's releases. */
final class OrderChecks {
  private OrderChecks() {}

  static void check(List<Release> releases, VersionOrder order, Findings findings) {
    List<Map.Entry<Version, Release>> oldestFirst =
        releases.stream()
            .flatMap(release -> placed(release, order))
            .sorted(
                Map.Entry.<Version, Release>comparingByKey()
                    .thenComparing(e -> e.getValue().version(), Comparator.naturalOrder()))
            .toList();
    for (int i = 1; i < oldestFirst.size(); i++) {
      Release older = oldestFirst.get(i - 1).getValue();
      Release newer = oldestFirst.get(i).getValue();
      if (oldestFirst.get(i).getKey().compareTo(oldestFirst.get(i - 1).getKey()) == 0) {
        findings.error(
            newer, "version", "same-version", "is the same version as " + older.version());
      } else if (newer.counter() < older.counter()) {
        // A device that keeps the counter would refuse the newer one as a roll-back.
        findings.error(
            newer,
            "counter",
            "counter-falls",
            "must be at least that of " + older.version() + ", " + older.counter());
      }
    }
  }

  private static Stream<Map.Entry<Version, Release>> placed(Release release, VersionOrder order) {
    Optional<Version> version = order.read(release.version());
    return version.stream().map(v -> Map.entry(v, release));
  }
}
