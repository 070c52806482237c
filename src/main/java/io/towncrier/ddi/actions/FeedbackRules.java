package io.towncrier.ddi.actions;

import java.time.Instant;
import java.util.Optional;

/** What feedback means for an action: any order and any repeat is decided on. Pure. */
public final class FeedbackRules {
  private FeedbackRules() {}

  /** What became of feedback. */
  public sealed interface Verdict {
    /** Nothing changes: it was said before, or says nothing that counts. */
    record Nothing() implements Verdict {}

    /**
     * The action changes.
     *
     * @param asks why the client is asked for its facts from now on
     */
    record Moved(Action next, Optional<ConfigLink.State> asks) implements Verdict {}

    /** It contradicts the result that is known; both are kept. */
    record Contradicts(Action kept) implements Verdict {}

    /** The action has ended, and this is no result of it. */
    record Over() implements Verdict {}

    /** The client was not asked to cancel it. */
    record NotCancellable() implements Verdict {}
  }

  /** Of the update itself. */
  public static Verdict of(Action action, Feedback said, Instant now) {
    if (said.isFinal()) {
      return action.ended().isPresent()
          ? again(action, action.ended().get(), said, now)
          : ended(action, said, now);
    }
    if (!action.isOpen()) {
      return new Verdict.Over();
    }
    if (said.isDownloaded()) {
      return action.state() == Action.State.DOWNLOADED
          ? new Verdict.Nothing()
          : new Verdict.Moved(
              action.in(Action.State.DOWNLOADED, now), Optional.of(ConfigLink.State.ASKED));
    }
    return switch (said.execution()) {
      // The client was skipping, refusing or warning: nothing has begun, and nothing has ended.
      case CLOSED, REJECTED, CANCELED -> new Verdict.Nothing();
      default ->
          action.state() == Action.State.RUNNING
              ? new Verdict.Nothing()
              : new Verdict.Moved(action.in(Action.State.RUNNING, now), Optional.empty());
    };
  }

  private static Verdict ended(Action action, Feedback said, Instant now) {
    // An update that was cancelled ends with a failure, which is no failure of the release.
    if (action.state() == Action.State.CANCELLED && !said.isSuccess()) {
      return new Verdict.Nothing();
    }
    Action.Ended how =
        new Action.Ended(
            said.isSuccess(), said.failedToDownload(), said.details(), Optional.empty());
    return said.isSuccess()
        ? new Verdict.Moved(
            action.ended(Action.State.SUCCEEDED, how, now), Optional.of(ConfigLink.State.RESTART))
        : new Verdict.Moved(action.ended(Action.State.FAILED, how, now), Optional.empty());
  }

  /** A second final result: a repeat, or evidence. */
  private static Verdict again(Action action, Action.Ended known, Feedback said, Instant now) {
    if (known.success() == said.isSuccess()) {
      return new Verdict.Nothing();
    }
    Action.Ended both =
        new Action.Ended(
            known.success(), known.ofDownload(), known.details(), Optional.of(said.details()));
    // A success never makes up for a failure: the version that the device reports will tell.
    return new Verdict.Contradicts(
        action.ended(known.success() ? Action.State.ROLLED_BACK : action.state(), both, now));
  }

  /**
   * Of a request to cancel.
   *
   * @param isAsked whether the client is asked to cancel this action now
   */
  public static Verdict ofCancel(Action action, Feedback said, boolean isAsked, Instant now) {
    boolean ends = said.execution() == Feedback.Execution.CLOSED;
    if (action.state() == Action.State.CANCELLED && ends && said.isSuccess()) {
      return new Verdict.Nothing();
    }
    if (!isAsked) {
      return new Verdict.NotCancellable();
    }
    if (ends && said.isSuccess()) {
      return new Verdict.Moved(action.in(Action.State.CANCELLED, now), Optional.empty());
    }
    return ends || said.execution() == Feedback.Execution.REJECTED
        ? new Verdict.Moved(action.refusingToCancel(now), Optional.empty())
        : new Verdict.Nothing();
  }
}
