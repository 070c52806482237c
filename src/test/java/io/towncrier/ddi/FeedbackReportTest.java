package io.towncrier.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.ddi.actions.Action;
import io.towncrier.ddi.actions.Action.State;
import io.towncrier.ddi.actions.Feedback;
import io.towncrier.ddi.actions.Feedback.Execution;
import io.towncrier.ddi.actions.Feedback.Finished;
import io.towncrier.outcomes.state.FailureCode;
import io.towncrier.outcomes.state.Report;
import io.towncrier.outcomes.state.Report.Said;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What feedback says of the update. */
class FeedbackReportTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Action RUNNING = Action.offered(7, "2.0", NOW).in(State.RUNNING, NOW);

  @Test
  void theEndOfACancelledUpdateIsNoFailureOfTheRelease() {
    Feedback failure = said(Finished.FAILURE, "Installing failed");

    assertThat(FeedbackReport.of(RUNNING.in(State.CANCELLED, NOW), failure)).isEmpty();
    assertThat(FeedbackReport.of(RUNNING, failure).map(Report::said)).contains(Said.FAILED);
    assertThat(FeedbackReport.of(RUNNING.in(State.CANCELLED, NOW), said(Finished.SUCCESS)))
        .as("it was too late to cancel")
        .map(Report::said)
        .contains(Said.INSTALLED);
  }

  @Test
  void failuresToDownloadAreKeptApart() {
    assertThat(kind(said(Finished.FAILURE, "Download failed: timeout")))
        .isEqualTo(FailureCode.Kind.DOWNLOAD);
    assertThat(kind(said(Finished.FAILURE, "no slot"))).isEqualTo(FailureCode.Kind.INSTALL);
  }

  private static FailureCode.Kind kind(Feedback said) {
    return FeedbackReport.of(RUNNING, said).flatMap(Report::code).orElseThrow().kind();
  }

  private static Feedback said(Finished how, String... details) {
    return new Feedback(Execution.CLOSED, how, List.of(details));
  }
}
