package io.towncrier.updates.preview;

import io.towncrier.releases.Release;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.targeting.TargetingRule;
import java.time.Instant;
import java.util.List;

/** Facts by which the fleet is not counted: cohort, hardware, release counter and id. Pure. */
final class Uncounted {
  private Uncounted() {}

  /** Whether one of them may change an answer from these releases at a moment. */
  static boolean matters(List<Release> releases, Instant at) {
    return releases.stream()
        .filter(release -> release.state() != Release.State.DRAFT)
        .anyMatch(release -> matters(release, at));
  }

  private static boolean matters(Release release, Instant at) {
    int buckets = release.rollout().bucketsAt(at, release.publishedAt());
    return release.counter() > 0
        || (buckets > 0 && buckets < Bucket.COUNT)
        || release.targeting().rules().stream().anyMatch(Uncounted::looksAtOne);
  }

  private static boolean looksAtOne(TargetingRule rule) {
    return !rule.hardware().isEmpty() || !rule.only().isEmpty() || !rule.except().isEmpty();
  }
}
