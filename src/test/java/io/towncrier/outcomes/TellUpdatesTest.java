package io.towncrier.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.devices.checks.UpdateStates.UpdateState;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FailureCode;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.outcomes.state.Report;
import io.towncrier.outcomes.state.Step;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a user sees of the updates of his or her routers. */
@Tag("zoneless")
class TellUpdatesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Attempt NONE =
      Attempt.none(new Attempt.Key("dev_1", "router", "2.0.0"), NOW).comingFrom("1.0.0");

  @Test
  void aFailureIsToldInTheLanguageOfTheUser() {
    Attempt failed =
        after(Report.of(Report.Said.FAILED).because(FailureCode.parse("no-space").orElseThrow()));
    UpdateState german = TellUpdates.told(failed, "1.0.0", Optional.of("fr;q=0, de-CH, en;q=0.5"));
    assertThat(german.state()).isEqualTo("failed");
    assertThat(german.code()).contains("no-space");
    assertThat(german.reason()).contains("Der Router hat zu wenig freien Speicher.");
    assertThat(TellUpdates.told(failed, "1.0.0", Optional.empty()).reason())
        .contains("The router has too little free memory.");
  }

  @Test
  void whatRunsIsDoneWhateverWasReported() {
    Attempt failed = after(Report.of(Report.Said.FAILED));
    assertThat(TellUpdates.told(failed, "2.0.0", Optional.empty()).state()).isEqualTo("done");
  }

  @Test
  void anUpdateThatRunsHasItsStep() {
    UpdateState running =
        TellUpdates.told(after(Report.of(Report.Said.INSTALLING)), "1.0.0", Optional.empty());
    assertThat(running.state()).isEqualTo("running");
    assertThat(running.step()).contains("installing");
    assertThat(
            TellUpdates.told(after(Report.of(Report.Said.POSTPONED)), "1.0.0", Optional.empty())
                .state())
        .isEqualTo("offered");
  }

  @Test
  void everyReasonHasATextInEveryLanguage() {
    for (String language : FailureTexts.LANGUAGES) {
      for (FailureCode code : FailureCode.ALL) {
        assertThat(FailureTexts.knows(code.code(), language)).as(code + language).isTrue();
      }
      assertThat(FailureTexts.knows(FailureCode.TIMED_OUT, language)).isTrue();
      assertThat(FailureTexts.knows(FailureCode.ROLLED_BACK, language)).isTrue();
    }
  }

  private static Attempt after(Report report) {
    Step step = FollowUpdate.by(OutcomePolicy.DEFAULT).report(NONE, report, NOW);
    return ((Step.Changed) step).after();
  }
}
