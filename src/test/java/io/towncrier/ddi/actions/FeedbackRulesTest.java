package io.towncrier.ddi.actions;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.ddi.actions.Action.State;
import io.towncrier.ddi.actions.Feedback.Execution;
import io.towncrier.ddi.actions.Feedback.Finished;
import io.towncrier.ddi.actions.FeedbackRules.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What feedback means: every kind of it, repeats, contradictions, and any order of them. */
class FeedbackRulesTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Action OFFERED = Action.offered(7, "2.0", NOW.minusSeconds(60));

  @Test
  void aClosedActionHasSucceededOrFailed() {
    assertThat(moved(OFFERED, said(Execution.CLOSED, Finished.SUCCESS)).state())
        .isEqualTo(State.SUCCEEDED);
    assertThat(moved(OFFERED, said(Execution.CLOSED, Finished.NONE)).state())
        .isEqualTo(State.SUCCEEDED);
    assertThat(moved(OFFERED, said(Execution.CLOSED, Finished.FAILURE)).state())
        .isEqualTo(State.FAILED);
  }

  @Test
  void aSuccessAsksForTheVersionThatComesAfterTheRestart() {
    assertThat(asks(said(Execution.CLOSED, Finished.SUCCESS))).contains(ConfigLink.State.RESTART);
    assertThat(asks(said(Execution.DOWNLOADED, Finished.SUCCESS))).contains(ConfigLink.State.ASKED);
    assertThat(asks(said(Execution.CLOSED, Finished.FAILURE))).isEmpty();
    assertThat(asks(said(Execution.DOWNLOAD, Finished.NONE))).isEmpty();
  }

  @Test
  void failuresOfDownloadsAreKeptApart() {
    assertThat(ended("Download failed: timeout").ofDownload()).isTrue();
    assertThat(ended("Installing failed").ofDownload()).isFalse();
  }

  private static Action.Ended ended(String detail) {
    return moved(OFFERED, new Feedback(Execution.CLOSED, Finished.FAILURE, List.of(detail)))
        .ended()
        .orElseThrow();
  }

  @Test
  void downloadedIsNotInstalled() {
    Action downloaded = moved(OFFERED, said(Execution.DOWNLOADED, Finished.SUCCESS));

    assertThat(downloaded.state()).isEqualTo(State.DOWNLOADED);
    assertThat(downloaded.isOpen()).isTrue();
    assertThat(FeedbackRules.of(downloaded, said(Execution.DOWNLOADED, Finished.SUCCESS), NOW))
        .isInstanceOf(Verdict.Nothing.class);
  }

  @Test
  void skippingRefusingAndWarningChangeNothing() {
    Feedback skipped = new Feedback(Execution.CLOSED, Finished.SUCCESS, List.of("Skipped Update."));
    for (Feedback said :
        List.of(
            skipped,
            said(Execution.REJECTED, Finished.FAILURE),
            said(Execution.CANCELED, Finished.NONE))) {
      assertThat(FeedbackRules.of(OFFERED, said, NOW)).isInstanceOf(Verdict.Nothing.class);
    }
  }

  @Test
  void everythingElseMeansThatItRuns() {
    for (Execution running :
        List.of(Execution.PROCEEDING, Execution.SCHEDULED, Execution.RESUMED, Execution.DOWNLOAD)) {
      assertThat(moved(OFFERED, said(running, Finished.NONE)).state()).isEqualTo(State.RUNNING);
    }
  }

  @Test
  void aRepeatOfTheFinalResultIsTakenAndAnyOtherWordComesTooLate() {
    Action done = moved(OFFERED, said(Execution.CLOSED, Finished.SUCCESS));

    for (Finished same : List.of(Finished.SUCCESS, Finished.NONE)) {
      assertThat(FeedbackRules.of(done, said(Execution.CLOSED, same), NOW))
          .isInstanceOf(Verdict.Nothing.class);
    }
    assertThat(FeedbackRules.of(done, said(Execution.PROCEEDING, Finished.NONE), NOW))
        .isInstanceOf(Verdict.Over.class);
  }

  @Test
  void aFinalResultThatContradictsIsKeptBesideTheFirst() {
    Action done = moved(OFFERED, said(Execution.CLOSED, Finished.SUCCESS));

    Action both = contradicted(done, said(Execution.CLOSED, Finished.FAILURE));

    assertThat(both.state()).isEqualTo(State.ROLLED_BACK);
    assertThat(both.ended().orElseThrow().success()).isTrue();
    assertThat(both.ended().orElseThrow().later()).contains(List.of("closed failure"));
    Action failed = moved(OFFERED, said(Execution.CLOSED, Finished.FAILURE));
    assertThat(contradicted(failed, said(Execution.CLOSED, Finished.SUCCESS)).state())
        .as("a success makes up for no failure")
        .isEqualTo(State.FAILED);
  }

  private static Action contradicted(Action action, Feedback said) {
    return ((Verdict.Contradicts) FeedbackRules.of(action, said, NOW)).kept();
  }

  @Test
  void aCancelEndsIsRefusedOrWasNotAskedFor() {
    Action running = moved(OFFERED, said(Execution.PROCEEDING, Finished.NONE));
    Feedback done = said(Execution.CLOSED, Finished.SUCCESS);

    assertThat(FeedbackRules.ofCancel(running, done, false, NOW))
        .isInstanceOf(Verdict.NotCancellable.class);
    Action cancelled = cancelled(running, done);
    assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
    assertThat(cancelled.ended()).as("no result of the release").isEmpty();
    assertThat(FeedbackRules.ofCancel(cancelled, done, false, NOW))
        .as("a repeat")
        .isInstanceOf(Verdict.Nothing.class);
    assertThat(FeedbackRules.of(cancelled, said(Execution.CLOSED, Finished.FAILURE), NOW))
        .as("the update ends because it was cancelled")
        .isInstanceOf(Verdict.Nothing.class);
    for (Feedback refused :
        List.of(
            said(Execution.REJECTED, Finished.SUCCESS), said(Execution.CLOSED, Finished.FAILURE))) {
      Action goesOn = cancelled(running, refused);
      assertThat(goesOn.cancelRefused()).isTrue();
      assertThat(goesOn.isOpen()).isTrue();
    }
    for (Execution warning : List.of(Execution.CANCELED, Execution.PROCEEDING)) {
      assertThat(FeedbackRules.ofCancel(running, said(warning, Finished.NONE), true, NOW))
          .isInstanceOf(Verdict.Nothing.class);
    }
  }

  private static Action cancelled(Action action, Feedback said) {
    return ((Verdict.Moved) FeedbackRules.ofCancel(action, said, true, NOW)).next();
  }

  @Test
  void noOrderOfReportsEndsInAnImpossibleState() {
    Random random = new Random(18);
    Set<State> seen = EnumSet.noneOf(State.class);
    for (int i = 0; i < 100_000; i++) {
      Action action = OFFERED;
      Optional<Action.Ended> first = Optional.empty();
      for (int step = 0; step < 8; step++) {
        Action next = anything(action, random);
        assertThat(next.state() == State.OFFERED && action.state() != State.OFFERED)
            .as("nothing goes back to where it had not begun")
            .isFalse();
        assertThat(action.ended().isPresent() && next.isOpen())
            .as("what has ended stays ended")
            .isFalse();
        if (first.isPresent()) {
          assertThat(next.ended().orElseThrow().success()).isEqualTo(first.get().success());
        }
        first = next.ended();
        seen.add(next.state());
        action = next;
      }
    }
    assertThat(seen).containsAll(EnumSet.complementOf(EnumSet.of(State.WITHDRAWN)));
  }

  private static Action anything(Action action, Random random) {
    Feedback said =
        said(
            Execution.values()[random.nextInt(Execution.values().length)],
            Finished.values()[random.nextInt(Finished.values().length)]);
    Verdict verdict =
        random.nextInt(4) == 0
            ? FeedbackRules.ofCancel(action, said, action.hasBegun(), NOW)
            : FeedbackRules.of(action, said, NOW);
    if (verdict instanceof Verdict.Moved moved) {
      return moved.next();
    }
    return verdict instanceof Verdict.Contradicts both ? both.kept() : action;
  }

  private static Action moved(Action action, Feedback said) {
    return ((Verdict.Moved) FeedbackRules.of(action, said, NOW)).next();
  }

  private static Optional<ConfigLink.State> asks(Feedback said) {
    return ((Verdict.Moved) FeedbackRules.of(OFFERED, said, NOW)).asks();
  }

  private static Feedback said(Execution execution, Finished finished) {
    return new Feedback(execution, finished, List.of(execution.code() + " " + finished.code()));
  }
}
