package io.towncrier.overview.rest;

import io.towncrier.notices.NoticeStore;
import io.towncrier.overview.ListReleases;
import io.towncrier.overview.MovingRollout;
import io.towncrier.overview.NoticeSummary;
import io.towncrier.platform.Page;
import io.towncrier.releases.Release;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of the summaries. */
final class SummaryBodies {
  private static final double PERCENT = 100;
  private static final double HUNDREDTHS = 100;

  private SummaryBodies() {}

  /** A page of releases, each in a line. */
  @Schema(name = "ReleaseSummaryList")
  record Releases(List<ReleaseLine> items, Optional<String> next, String total) {
    static Releases of(Page<ListReleases.Line> page) {
      return new Releases(
          page.items(ReleaseLine::of),
          page.next(last -> last.named().id().toString()),
          page.total());
    }
  }

  /** A release in a line. */
  @Schema(name = "ReleaseSummary")
  record ReleaseLine(
      String id,
      String product,
      String productName,
      String version,
      String state,
      int revision,
      String severity,
      boolean mandatory,
      String channel,
      String title,
      Optional<Instant> publishedAt,
      Optional<String> author,
      Optional<String> releasedBy,
      Optional<RolloutStanding> rollout,
      long installed,
      double installedPercentage) {
    static ReleaseLine of(ListReleases.Line line) {
      Release release = line.stored().release();
      return new ReleaseLine(
          line.named().id().toString(),
          line.named().id().product(),
          line.named().product(),
          release.version(),
          release.state().code(),
          line.stored().revision(),
          release.severity().code(),
          release.mandatory(),
          release.targeting().channel(),
          line.title(),
          release.isDated() ? Optional.of(release.publishedAt()) : Optional.empty(),
          line.stored().author(),
          line.stored().releasedBy(),
          release.state() == Release.State.PUBLISHED
              ? Optional.of(RolloutStanding.of(line.rollout()))
              : Optional.empty(),
          line.installed(),
          share(line.installed(), line.devices()));
    }

    private static double share(long installed, long devices) {
      return devices == 0 ? 0 : Math.round(installed * PERCENT * HUNDREDTHS / devices) / HUNDREDTHS;
    }
  }

  /** How far a rollout is. */
  @Schema(name = "RolloutStanding")
  record RolloutStanding(
      String state, int phase, int phaseCount, double percentage, Optional<Instant> nextPhaseAt) {
    static RolloutStanding of(MovingRollout rollout) {
      return new RolloutStanding(
          rollout.state().code(),
          rollout.phase(),
          rollout.phases(),
          rollout.percentage(),
          rollout.nextPhaseAt());
    }
  }

  /** A page of notices, each in a line, and how many there are in each state. */
  @Schema(name = "NoticeSummaryList")
  record Notices(
      List<NoticeLine> items, Optional<String> next, String total, Map<String, Long> byState) {
    static Notices of(Page<NoticeSummary> page, Map<NoticeStore.State, Long> states) {
      Map<String, Long> byState = new TreeMap<>();
      states.forEach((state, count) -> byState.put(state.code(), count));
      return new Notices(
          page.items(NoticeLine::of), page.next(NoticeSummary::id), page.total(), byState);
    }
  }

  /** A notice in a line. */
  @Schema(name = "NoticeSummary")
  record NoticeLine(
      String id,
      String state,
      int revision,
      String kind,
      String title,
      List<String> products,
      String author,
      Instant createdAt,
      Optional<Instant> startsAt,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt,
      LiveBodies.DeliveryCounts deliveries) {
    static NoticeLine of(NoticeSummary notice) {
      return new NoticeLine(
          notice.id(),
          notice.state().code(),
          notice.revision(),
          notice.kind().code(),
          notice.title(),
          notice.products(),
          notice.author(),
          notice.times().created(),
          notice.times().startsAt(),
          notice.times().startedAt(),
          notice.times().finishedAt(),
          LiveBodies.DeliveryCounts.of(notice.counts()));
    }
  }
}
