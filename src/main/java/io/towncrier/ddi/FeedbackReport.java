package io.towncrier.ddi;

import io.towncrier.ddi.actions.Action;
import io.towncrier.ddi.actions.Feedback;
import io.towncrier.outcomes.state.FailureCode;
import io.towncrier.outcomes.state.Report;
import io.towncrier.outcomes.state.Report.Said;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What feedback says of the update, in the words that all dialects share. Pure. */
final class FeedbackReport {
  private static final FailureCode DOWNLOAD =
      FailureCode.parse("download-interrupted").orElseThrow();
  private static final FailureCode INSTALL = FailureCode.parse("install-error").orElseThrow();

  private FeedbackReport() {}

  /**
   * The report; empty when it says nothing that counts.
   *
   * @param before the action as it was before the feedback
   */
  static Optional<Report> of(Action before, Feedback said) {
    return step(before, said)
        .map(
            step ->
                new Report(
                    Optional.empty(),
                    step,
                    step == Said.FAILED
                        ? Optional.of(said.failedToDownload() ? DOWNLOAD : INSTALL)
                        : Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    said.details().stream().findFirst(),
                    true));
  }

  private static Optional<Said> step(Action before, Feedback said) {
    if (said.isFinal()) {
      // Who was asked to cancel ends with a failure: it says nothing of the release.
      boolean isCancelled = before.state() == Action.State.CANCELLED && !said.isSuccess();
      return isCancelled ? Optional.empty() : Optional.of(ended(before, said));
    }
    return switch (said.execution()) {
      case DOWNLOADED -> said.isDownloaded() ? Optional.of(Said.DOWNLOADED) : Optional.empty();
      case DOWNLOAD, SCHEDULED, RESUMED -> Optional.of(Said.DOWNLOADING);
      // swupdate installs what it downloads as it comes; rauc names the step.
      case PROCEEDING -> Optional.of(installs(said) ? Said.INSTALLING : Said.DOWNLOADING);
      case CLOSED, REJECTED, CANCELED -> Optional.empty();
    };
  }

  /** A failure behind a success is the client's own report that it fell back. */
  private static Said ended(Action before, Feedback said) {
    if (said.isSuccess()) {
      return Said.INSTALLED;
    }
    return before.ended().map(Action.Ended::success).orElse(Boolean.FALSE)
        ? Said.ROLLED_BACK
        : Said.FAILED;
  }

  private static boolean installs(Feedback said) {
    return said.details().stream()
        .anyMatch(detail -> detail.toLowerCase(Locale.ROOT).contains("install"));
  }
}
