package io.towncrier.outcomes.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.outcomes.state.Report.Said;
import io.towncrier.releases.targeting.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is true of an update, sentence by sentence of the decision. */
@Tag("zoneless")
class FollowUpdateTest {
  private static final Duration DAY = Duration.ofHours(24);
  private final Updates updates = new Updates();

  @Test
  void onlyTheVersionThatTheDeviceStillRunsADayLaterConfirms() {
    updates.offered().says(Said.INSTALLED);
    assertThat(updates.state()).isEqualTo(OutcomeState.RESTARTING);
    updates.runs("2.0.0").after(DAY.minusSeconds(1)).runs("2.0.0");
    assertThat(updates.state()).isEqualTo(OutcomeState.RESTARTING);
    updates.after(Duration.ofSeconds(1)).runs("2.0.0");
    assertThat(updates.state()).isEqualTo(OutcomeState.CONFIRMED);
  }

  @Test
  void aLaterVersionConfirmsAsWell() {
    updates.offered().runs("2.1.0").after(DAY).runs("2.1.0");
    assertThat(updates.state()).isEqualTo(OutcomeState.CONFIRMED);
  }

  @Test
  void aDowngradeIsNotConfirmedByTheVersionThatItReplaces() {
    Attempt down =
        Attempt.none(new Attempt.Key("dev_1", "router", "1.0.0"), Updates.START)
            .comingFrom("2.0.0");
    assertThat(Sighting.of(down, "2.0.0", Updates.ORDER, Optional.empty()).what())
        .isEqualTo(Sighting.What.FORMER);
    assertThat(Sighting.of(down, "1.5.0", Updates.ORDER, Optional.empty()).what())
        .isEqualTo(Sighting.What.THIRD);
  }

  @Test
  void theFormerVersionBeforeTheRestartIsNoRollBack() {
    updates.offered().says(Report.of(Said.INSTALLED).fromBoot("a"));
    updates.runs("1.0.0", Optional.of("a")).after(DAY.minusSeconds(1)).runs("1.0.0");
    assertThat(updates.state()).isEqualTo(OutcomeState.RESTARTING);
  }

  @Test
  void anotherBootOrTheLimitProvesTheRollBack() {
    updates.offered().says(Report.of(Said.INSTALLED).fromBoot("a"));
    updates.runs("1.0.0", Optional.of("b"));
    assertThat(updates.state()).isEqualTo(OutcomeState.ROLLED_BACK);

    Updates slow = new Updates().offered().says(Said.INSTALLED).after(DAY).runs("1.0.0");
    assertThat(slow.state()).isEqualTo(OutcomeState.ROLLED_BACK);
  }

  @Test
  void whoHasRunTheNewVersionAndRunsTheFormerHasRolledBack() {
    updates.offered().runs("2.0.0").after(Duration.ofHours(1)).runs("1.0.0");
    assertThat(updates.state()).isEqualTo(OutcomeState.ROLLED_BACK);
    assertThat(new Updates().offered().runs("2.0.0").after(DAY).runs("2.0.0").runs("1.0.0").state())
        .isEqualTo(OutcomeState.ROLLED_BACK);
  }

  @Test
  void aFailureAfterASuccessIsKeptAndChangesNothingUnlessItIsOfAnotherBoot() {
    Report failed = Report.of(Said.FAILED).fromBoot("a").withId("r2");
    updates.offered().says(Report.of(Said.INSTALLED).fromBoot("a").withId("r1")).says(failed);
    assertThat(updates.last()).isInstanceOf(Step.Contradicting.class);
    assertThat(updates.state()).isEqualTo(OutcomeState.RESTARTING);
    assertThat(updates.attempt().history().entries())
        .extracting(History.Entry::evidence)
        .containsExactly(false, false, true);
    assertThat(updates.says(failed).last()).isInstanceOf(Step.Contradicting.class);
    assertThat(updates.attempt().history().entries()).hasSize(3);

    updates.says(Report.of(Said.FAILED).fromBoot("b").withId("r3"));
    assertThat(updates.state()).isEqualTo(OutcomeState.ROLLED_BACK);
  }

  @Test
  void aThirdVersionEndsTheAttemptAndCountsForNothing() {
    updates.offered().says(Said.INSTALLING).runs("1.5.0");
    assertThat(updates.state()).isEqualTo(OutcomeState.SUPERSEDED);
    assertThat(updates.attempt().standing().mark()).isEmpty();
  }

  @Test
  void withoutAnyVersionASuccessStaysUnconfirmedUntilAVersionComes() {
    Report success = unversioned();
    updates.offered().says(success);
    assertThat(updates.state()).isEqualTo(OutcomeState.UNCONFIRMED);
    updates.runs("2.0.0").after(DAY).runs("2.0.0");
    assertThat(updates.state()).isEqualTo(OutcomeState.CONFIRMED);
  }

  private static Report unversioned() {
    return new Report(
        Optional.empty(),
        Said.INSTALLED,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  @Test
  void whoWasGivenUpMayStillBeConfirmed() {
    updates.offered().says(Said.INSTALLED).isSilent();
    assertThat(updates.state()).isEqualTo(OutcomeState.TIMED_OUT);
    assertThat(updates.attempt().standing().mark()).contains(Mark.LOST);
    updates.runs("2.0.0").after(DAY).runs("2.0.0");
    assertThat(updates.state()).isEqualTo(OutcomeState.CONFIRMED);
  }

  @Test
  void silenceBeforeTheInstallationIsNoLoss() {
    updates.offered().says(Said.DOWNLOADED).isSilent();
    assertThat(updates.attempt().standing().mark()).contains(Mark.SILENT);
  }

  @Test
  void aPostponementIsNoFailureUsesNoAttemptAndEndsAfterAWeek() {
    updates.offered().says(Said.POSTPONED);
    assertThat(updates.attempt().standing().mark()).contains(Mark.POSTPONED);
    assertThat(hold(false)).contains(Refusal.POSTPONED_BY_OWNER);
    assertThat(hold(true)).isEmpty();
    assertThat(updates.isSilent().state()).isEqualTo(OutcomeState.POSTPONED);
    updates.after(Duration.ofDays(7));
    assertThat(hold(false)).isEmpty();
    assertThat(updates.offered().attempt().number()).isEqualTo(1);
  }

  @Test
  void aDownloadErrorIsTriedThreeTimesWithBackOffAndThenNoMore() {
    Report interrupted =
        Report.of(Said.FAILED).because(FailureCode.parse("download-interrupted").orElseThrow());
    for (int attempt = 1; attempt <= 2; attempt++) {
      updates.offered().says(Said.DOWNLOADING).says(interrupted);
      assertThat(updates.attempt().standing().mark()).contains(Mark.DOWNLOAD_FAILED);
      assertThat(updates.attempt().number()).isEqualTo(attempt);
      assertThat(hold(false)).contains(Refusal.RETRY_LATER);
      updates.after(Duration.ofHours(1L << (attempt - 1)).minusSeconds(1));
      assertThat(hold(false)).contains(Refusal.RETRY_LATER);
      updates.after(Duration.ofSeconds(1));
      assertThat(hold(false)).isEmpty();
    }
    updates.offered().says(interrupted).after(Duration.ofDays(365));
    assertThat(hold(true)).contains(Refusal.ATTEMPTS_USED_UP);
    assertThat(OfferHold.of(FollowUpdate.released(updates.attempt()), false, updates.now()))
        .isEmpty();
  }

  @Test
  void anErrorThatIsWorthNoRetryIsTriedOnce() {
    updates
        .offered()
        .says(Said.INSTALLING)
        .says(Report.of(Said.FAILED).because(FailureCode.parse("boot-failed").orElseThrow()));
    assertThat(updates.attempt().standing().mark()).contains(Mark.INSTALL_FAILED);
    assertThat(hold(false)).contains(Refusal.ATTEMPTS_USED_UP);
  }

  @Test
  void whoReportedSuccessIsNotOfferedTheSameBeforeItsRestart() {
    updates.offered().says(Said.INSTALLED);
    assertThat(hold(false)).contains(Refusal.AWAITING_RESTART);
  }

  @Test
  void anOfferIsWrittenOnlyWhereItChangesSomething() {
    assertThat(Arrays.stream(OutcomeState.values()).filter(s -> !FollowUpdate.canBeOffered(s)))
        .containsExactly(
            OutcomeState.OFFERED,
            OutcomeState.DOWNLOADING,
            OutcomeState.DOWNLOADED,
            OutcomeState.INSTALLING,
            OutcomeState.RESTARTING,
            OutcomeState.CONFIRMED,
            OutcomeState.UNCONFIRMED);
  }

  @Test
  void aFailureStaysCountedWhileTheNextAttemptRuns() {
    Report busy = Report.of(Said.FAILED).because(FailureCode.parse("busy").orElseThrow());
    updates.offered().says(Said.INSTALLING).says(busy).after(Duration.ofHours(1)).offered();
    assertThat(updates.state()).isEqualTo(OutcomeState.OFFERED);
    assertThat(updates.attempt().standing().mark()).contains(Mark.INSTALL_FAILED);
    updates.runs("2.0.0").after(DAY).runs("2.0.0");
    assertThat(updates.attempt().standing().mark()).contains(Mark.CONFIRMED);
  }

  @Test
  void aReportThatComesLateIsRefusedUnlessTheDeviceWasStartedAnew() {
    updates.offered().says(Report.of(Said.INSTALLING).fromBoot("a"));
    assertThat(updates.says(Said.DOWNLOADING).last()).isInstanceOf(Step.Late.class);
    assertThat(updates.says(Report.of(Said.DOWNLOADING).fromBoot("b")).state())
        .isEqualTo(OutcomeState.DOWNLOADING);
  }

  @Test
  void theLastTwentyTransitionsAreKeptWithBothClocks() {
    Instant wrong = Instant.parse("1999-01-01T00:00:00Z");
    for (int boot = 0; boot < 30; boot++) {
      updates.after(Duration.ofMinutes(1));
      updates.says(at(wrong).fromBoot("b" + boot).withId("d" + boot));
      updates.says(Report.of(Said.INSTALLING).fromBoot("b" + boot).withId("i" + boot));
    }
    assertThat(updates.attempt().history().entries()).hasSize(History.MOST);
    History.Entry download = updates.attempt().history().entries().get(18);
    assertThat(download.report()).contains("d29");
    assertThat(download.deviceAt()).contains(wrong);
    assertThat(download.at()).isEqualTo(updates.now());
  }

  private static Report at(Instant deviceAt) {
    return new Report(
        Optional.empty(),
        Said.DOWNLOADING,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(deviceAt),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  private Optional<Refusal> hold(boolean manual) {
    return OfferHold.of(updates.attempt(), manual, updates.now());
  }
}
