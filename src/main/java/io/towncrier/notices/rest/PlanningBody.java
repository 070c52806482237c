package io.towncrier.notices.rest;

import io.towncrier.notices.planning.NoticeWalks;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a notice is planned, and how that compares with what its preview said. */
@Schema(name = "NoticePlanning")
record PlanningBody(boolean complete, Optional<Instant> completeAt, Optional<Previewed> previewed) {
  static PlanningBody of(NoticeWalks.Standing standing, long planned) {
    return new PlanningBody(
        standing.throughAt().isPresent(),
        standing.throughAt(),
        standing.preview().map(preview -> Previewed.of(preview, standing, planned)));
  }

  /** What the last preview before the start said, and why it is not what was planned. */
  @Schema(name = "PreviewedNotice")
  record Previewed(long addressed, Instant at, long registeredSince, Optional<Long> changedSince) {
    static Previewed of(NoticeWalks.Preview preview, NoticeWalks.Standing standing, long planned) {
      return new Previewed(
          preview.addressed(),
          preview.at(),
          standing.newer(),
          standing.throughAt().map(done -> planned - preview.addressed() - standing.newer()));
    }
  }
}
