package io.towncrier.notices.rest;

import io.towncrier.notices.counts.LadderCounts;
import io.towncrier.notices.counts.LadderProgress;
import io.towncrier.notices.counts.NoticeCounts;
import io.towncrier.notices.counts.NoticeDeliveries;
import io.towncrier.platform.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of how far a notice is. */
final class ProgressBodies {
  /** So many points a picture has at most. */
  static final int MOST_STEPS = 500;

  private static final String UNKNOWN = "unknown";

  private ProgressBodies() {}

  /** The step that was asked for, or the shortest whole minutes that fit into a picture: pure. */
  static Duration fitting(Duration asked, Duration whole) {
    long minutes = (whole.toMinutes() + MOST_STEPS - 1) / MOST_STEPS;
    Duration least = Duration.ofMinutes(Math.max(1, minutes));
    return asked.compareTo(least) < 0 ? least : asked;
  }

  /** How far a notice is, by what its devices are, and how far its pushes came. */
  @Schema(name = "NoticeProgressByPlace")
  record ByPlace(
      Instant asOf,
      long readCount,
      List<PlaceCounts> countries,
      List<PlaceCounts> languages,
      List<LadderBodies.Step> ladder,
      List<LadderBodies.Dropped> dropped,
      LadderBodies.ShownWithin shownWithin) {
    static ByPlace of(
        Instant asOf,
        LadderCounts.Ladder ladder,
        List<NoticeCounts.Group> countries,
        List<NoticeCounts.Group> languages) {
      LadderProgress progress = LadderProgress.of(ladder);
      return new ByPlace(
          asOf,
          ladder.read(),
          countries.stream().map(PlaceCounts::of).toList(),
          languages.stream().map(PlaceCounts::of).toList(),
          LadderBodies.Step.of(progress),
          LadderBodies.Dropped.of(progress),
          LadderBodies.ShownWithin.of(progress));
    }
  }

  /** Deliveries to devices of one country or language. */
  @Schema(name = "PlaceCounts")
  record PlaceCounts(String value, long planned, long accepted, long suppressed, long failed) {
    static PlaceCounts of(NoticeCounts.Group group) {
      return new PlaceCounts(
          group.value().isEmpty() ? UNKNOWN : group.value(),
          group.planned(),
          group.accepted(),
          group.suppressed(),
          group.failed());
    }
  }

  /** What came to an end in each step of time. */
  @Schema(name = "NoticeSeries")
  record Series(Instant from, Instant to, String step, List<SeriesStep> steps) {
    static Series of(Instant from, Instant to, Duration step, List<NoticeCounts.Step> found) {
      return new Series(from, to, step.toString(), found.stream().map(SeriesStep::of).toList());
    }
  }

  /** What came to an end from a moment on. */
  @Schema(name = "NoticeSeriesStep")
  record SeriesStep(Instant at, long accepted, long suppressed, long failed, long read) {
    static SeriesStep of(NoticeCounts.Step step) {
      return new SeriesStep(
          step.at(), step.accepted(), step.suppressed(), step.failed(), step.read());
    }
  }

  /** A page of deliveries. */
  @Schema(name = "NoticeDeliveryList")
  record Deliveries(List<Delivery> items, Optional<String> next, String total) {
    static Deliveries of(Page<NoticeDeliveries.Listed> page) {
      return new Deliveries(
          page.items(Delivery::of), page.next(NoticeDeliveries.Listed::device), page.total());
    }
  }

  /** One delivery. */
  @Schema(name = "NoticeDelivery")
  record Delivery(
      String device,
      String state,
      Optional<String> reason,
      int attempts,
      Instant dueAt,
      Optional<Instant> finishedAt,
      Optional<Instant> readAt) {
    static Delivery of(NoticeDeliveries.Listed listed) {
      return new Delivery(
          listed.device(),
          listed.state().code(),
          listed.reason(),
          listed.attempts(),
          listed.dueAt(),
          listed.finishedAt(),
          listed.readAt());
    }
  }
}
