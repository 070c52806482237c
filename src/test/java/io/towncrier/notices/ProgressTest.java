package io.towncrier.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.FindStandstill;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Progress.Settled NOTHING_SETTLED = new Progress.Settled(0, 0, 30, 600);

  @Test
  void whileNothingGoesOutItSaysWhyAndIsNotOptimistic() {
    FindStandstill.Standstill refused =
        new FindStandstill.Standstill("PERMISSION_DENIED", Duration.ofSeconds(240));
    Progress waiting = pending(600_000);
    assertThat(waiting.during(Optional.empty())).isEqualTo(waiting);
    assertThat(waiting.during(Optional.of(refused)).waitsBecause()).contains("PERMISSION_DENIED");
    assertThat(waiting.during(Optional.of(refused)).secondsLeft()).isEqualTo(300);
    assertThat(pending(0).during(Optional.of(refused)).waitsBecause()).isEmpty();
  }

  private static Progress pending(long deliveries) {
    return Progress.of(
        new Progress.Figures(
            List.of(new Progress.Tally("PENDING", "", deliveries, 0, 0)),
            new Progress.Pace(deliveries, 0, NOTHING_SETTLED),
            Optional.empty()),
        600_000);
  }

  @Test
  void whatWasCountedIsSummedUp() {
    Progress progress =
        Progress.of(
            new Progress.Figures(
                List.of(
                    new Progress.Tally("PENDING", "", 50, 0, 0),
                    new Progress.Tally("PENDING", "UNAVAILABLE", 10, 10, 1),
                    new Progress.Tally("SENDING", "", 5, 0, 0),
                    new Progress.Tally("ACCEPTED", "", 100, 100, 0),
                    new Progress.Tally("SUPPRESSED", "opted-out", 20, 0, 0),
                    new Progress.Tally("DEAD", "UNREGISTERED", 3, 3, 2),
                    new Progress.Tally("DEAD", "INVALID_ARGUMENT", 2, 2, 2)),
                new Progress.Pace(60, 0, new Progress.Settled(120, 60, 30, 600)),
                Optional.of("notice-paused")),
            600_000);

    assertThat(progress.planned()).isEqualTo(190);
    assertThat(progress.pending()).isEqualTo(60);
    assertThat(progress.remaining()).isEqualTo(65);
    assertThat(progress.sent()).isEqualTo(115);
    assertThat(progress.accepted()).isEqualTo(100);
    assertThat(progress.suppressed()).isEqualTo(Map.of("opted-out", 20L));
    assertThat(progress.failed()).isEqualTo(Map.of("UNREGISTERED", 3L, "INVALID_ARGUMENT", 2L));
    assertThat(progress.pruned()).isEqualTo(4);
    assertThat(progress.perSecond()).isEqualTo(2.0);
    assertThat(progress.secondsLeft()).isEqualTo(33);
    assertThat(progress.halted()).contains("notice-paused");
  }

  @Test
  void whatIsNotDueYetTakesUntilItIs() {
    Progress inAYear = waiting("", 1, 0, 31_536_000);
    assertThat(inAYear.secondsLeft()).isEqualTo(31_536_000);
    assertThat(inAYear.waitsBecause()).as("it has its time").isEmpty();
    Progress night = waiting("quiet-hours", 40, 0, 28_800);
    assertThat(night.secondsLeft()).isEqualTo(28_800);
    assertThat(night.waitsBecause()).contains("quiet-hours");
    assertThat(waiting("QUOTA_EXCEEDED", 3, 0, 3_600).waitsBecause()).contains("QUOTA_EXCEEDED");
    assertThat(waiting("UNAVAILABLE", 3, 1, 90).waitsBecause()).as("one goes out").isEmpty();
  }

  @Test
  void aSpreadIsReckonedFromItsEndAndNotFromThePaceOfItsBeginning() {
    // 300 over five minutes, a third of it through: each minute settles 60, and none is late.
    Progress spread =
        Progress.of(
            new Progress.Figures(
                List.of(
                    new Progress.Tally("ACCEPTED", "", 100, 100, 0),
                    new Progress.Tally("PENDING", "", 200, 0, 0)),
                new Progress.Pace(1, 200, new Progress.Settled(60, 40, 40, 100)),
                Optional.empty()),
            600_000);
    assertThat(spread.secondsLeft()).isEqualTo(200);
  }

  @Test
  void aMinuteThatHasJustBegunIsNoSlowMinute() {
    // A thousand in five seconds, in the middle of a minute and on both sides of its begin.
    assertThat(begun(new Progress.Settled(0, 1_000, 35, 5)).secondsLeft()).isEqualTo(50);
    assertThat(begun(new Progress.Settled(600, 400, 2, 5)).secondsLeft()).isBetween(50L, 52L);
    assertThat(begun(new Progress.Settled(0, 1_000, 5, 900)).secondsLeft())
        .as("after a night without any")
        .isEqualTo(50);
    assertThat(begun(new Progress.Settled(0, 1_000, 0, 0)).secondsLeft()).isEqualTo(10);
  }

  private static Progress begun(Progress.Settled settled) {
    return Progress.of(
        new Progress.Figures(
            List.of(
                new Progress.Tally("ACCEPTED", "", 1_000, 1_000, 0),
                new Progress.Tally("PENDING", "", 10_000, 0, 0)),
            new Progress.Pace(10_000, 0, settled),
            Optional.empty()),
        600_000);
  }

  @Test
  void theMinuteBeforeCountsAsFarAsItIsWithinSixtySeconds() {
    assertThat(new Progress.Settled(600, 0, 15, 900).inAMinute()).isEqualTo(450);
    assertThat(new Progress.Settled(600, 150, 15, 900).inAMinute()).isEqualTo(600);
    assertThat(new Progress.Settled(0, -5, 15, 900).inAMinute()).as("released ones").isZero();
  }

  @Test
  void whereMoreAreDueThanAreCountedAllThatWaitAreTakenAsDue() {
    Progress many =
        Progress.of(
            new Progress.Figures(
                List.of(new Progress.Tally("PENDING", "", 5_000_000, 0, 0)),
                new Progress.Pace(Progress.MOST_DUE + 1, 0, NOTHING_SETTLED),
                Optional.empty()),
            600_000);
    assertThat(many.secondsLeft()).isEqualTo(500);
  }

  private static Progress waiting(String reason, long deliveries, long dueNow, long untilLast) {
    return Progress.of(
        new Progress.Figures(
            List.of(new Progress.Tally("PENDING", reason, deliveries, 0, 0)),
            new Progress.Pace(dueNow, untilLast, NOTHING_SETTLED),
            Optional.empty()),
        600_000);
  }

  @Test
  void beforeAnythingIsSettledTheQuotaSaysHowLongItTakes() {
    assertThat(Progress.secondsLeft(1_000_000, 600_000)).isEqualTo(100);
    assertThat(Progress.secondsLeft(1, 600_000)).isEqualTo(1);
    assertThat(Progress.secondsLeft(0, 600_000)).isZero();
  }
}
