package io.towncrier.updates.lint;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be wrong with the order of a product's releases. */
final class OrderChecks {
  private static final Release.State PUBLISHED = Release.State.PUBLISHED;

  private OrderChecks() {}

  static void check(
      List<Release> releases, Channels channels, VersionOrder order, Findings findings) {
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
    for (int i = 0; i < oldestFirst.size(); i++) {
      cameTooLate(oldestFirst, i, channels, findings);
    }
  }

  /** A device that gets to the newer one is never offered what comes later and stands before it. */
  private static void cameTooLate(
      List<Map.Entry<Version, Release>> oldestFirst, int i, Channels channels, Findings findings) {
    Version version = oldestFirst.get(i).getKey();
    Release late = oldestFirst.get(i).getValue();
    for (int j = oldestFirst.size() - 1; j > i && late.state() == PUBLISHED; j--) {
      Release early = oldestFirst.get(j).getValue();
      if (oldestFirst.get(j).getKey().isNewerThan(version)
          && early.state() == PUBLISHED
          && early.publishedAt().isBefore(late.publishedAt())
          && goesBefore(early, late, channels)) {
        findings.warning(
            late,
            "version",
            "stands-before-earlier",
            "stands before "
                + early.version()
                + ", which was published earlier: who gets to that one is not offered this one");
        return;
      }
    }
  }

  /** Whether the early one means everybody whom the late one means, who does not go first. */
  private static boolean goesBefore(Release early, Release late, Channels channels) {
    List<TargetingRule> rules = early.targeting().rules();
    return channels.reaches(late.targeting().channel(), early.targeting().channel())
        && early.targeting().countries().covers(late.targeting().countries())
        && (rules.isEmpty()
            ? late.targeting().rules().stream().allMatch(rule -> rule.priority() == 0)
            : !late.targeting().rules().isEmpty()
                && late.targeting().rules().stream()
                    .allMatch(rule -> rules.stream().anyMatch(r -> covers(r, rule, channels))));
  }

  private static boolean covers(TargetingRule early, TargetingRule late, Channels channels) {
    return early.priority() >= late.priority()
        && (early.installed().isEmpty() || early.installed().equals(late.installed()))
        && early.covers(late, channels);
  }

  private static Stream<Map.Entry<Version, Release>> placed(Release release, VersionOrder order) {
    Optional<Version> version = order.read(release.version());
    return version.stream().map(v -> Map.entry(v, release));
  }
}
