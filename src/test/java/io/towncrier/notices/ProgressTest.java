package io.towncrier.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.FindStandstill;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
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
            List.of(new Progress.Tally("PENDING", "", deliveries, 0, 0, 0, deliveries, 0)),
            Optional.empty(),
            0),
        600_000);
  }

  @Test
  void whatWasCountedIsSummedUp() {
    Progress progress =
        Progress.of(
            new Progress.Figures(
                List.of(
                    new Progress.Tally("PENDING", "", 50, 0, 0, 0, 50, 0),
                    new Progress.Tally("PENDING", "UNAVAILABLE", 10, 10, 0, 0, 10, 0),
                    new Progress.Tally("SENDING", "", 5, 0, 0, 0, 5, 0),
                    new Progress.Tally("ACCEPTED", "", 100, 100, 100, 0, 0, 0),
                    new Progress.Tally("SUPPRESSED", "opted-out", 20, 0, 20, 0, 0, 0),
                    new Progress.Tally("DEAD", "UNREGISTERED", 3, 3, 0, 2, 0, 0),
                    new Progress.Tally("DEAD", "INVALID_ARGUMENT", 2, 2, 0, 2, 0, 0)),
                Optional.of("notice-paused"),
                60),
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
                    new Progress.Tally("ACCEPTED", "", 100, 100, 60, 0, 0, 0),
                    new Progress.Tally("PENDING", "", 200, 0, 0, 0, 1, 200)),
                Optional.empty(),
                60),
            600_000);
    assertThat(spread.secondsLeft()).isEqualTo(200);
  }

  @Test
  void aMinuteThatHasJustBegunIsNoSlowMinute() {
    Progress begun =
        Progress.of(
            new Progress.Figures(
                List.of(
                    new Progress.Tally("ACCEPTED", "", 1_000, 1_000, 1_000, 0, 0, 0),
                    new Progress.Tally("PENDING", "", 10_000, 0, 0, 0, 10_000, 0)),
                Optional.empty(),
                5),
            600_000);
    assertThat(begun.secondsLeft()).isEqualTo(50);
  }

  private static Progress waiting(String reason, long deliveries, long dueNow, long untilLast) {
    return Progress.of(
        new Progress.Figures(
            List.of(new Progress.Tally("PENDING", reason, deliveries, 0, 0, 0, dueNow, untilLast)),
            Optional.empty(),
            0),
        600_000);
  }

  @Test
  void beforeAnythingIsSettledTheQuotaSaysHowLongItTakes() {
    assertThat(Progress.secondsLeft(1_000_000, 600_000)).isEqualTo(100);
    assertThat(Progress.secondsLeft(1, 600_000)).isEqualTo(1);
    assertThat(Progress.secondsLeft(0, 600_000)).isZero();
  }
}
