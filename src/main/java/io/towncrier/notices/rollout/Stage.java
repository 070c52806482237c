package io.towncrier.notices.rollout;

import io.towncrier.releases.Release;
import io.towncrier.updates.decision.ProductReleases;
import java.time.Instant;

/**
 * What of a product is out, and how far: as long as it is the same, nobody is newly eligible but
 * those who have just changed themselves.
 *
 * @param text to compare; the releases and the shares of the fleet that they are for
 * @param since when the product was first seen: what had come to a device before is no news
 */
public record Stage(String text, Instant since) {
  /** At this moment. */
  static String textAt(ProductReleases releases, Instant now) {
    StringBuilder text = new StringBuilder();
    releases
        .newestFirst()
        .forEach(
            candidate -> {
              Release release = candidate.release();
              boolean out =
                  release.state() == Release.State.PUBLISHED && !release.publishedAt().isAfter(now);
              if (out) {
                text.append(release.version())
                    .append('=')
                    .append(shareAt(releases, release, now))
                    .append('@')
                    .append(release.publishedAt().getEpochSecond())
                    .append(' ');
              }
            });
    return text.toString();
  }

  private static int shareAt(ProductReleases releases, Release release, Instant now) {
    return releases.halt().stops(release.isSecurity(), now)
        ? 0
        : release.rollout().bucketsAt(now, release.publishedAt());
  }
}
