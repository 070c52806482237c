package io.towncrier.delivery.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendBudgetTest {
  private static final Limits LIMITS = new Limits(600_000, 0.2, Duration.ofSeconds(60));
  // Far from a quarter of an hour for the next minutes.
  private static final Instant START = Instant.parse("2026-11-25T10:02:00Z");
  private static final Duration STEP = Duration.ofMillis(25);

  @Test
  void thePaceGrowsFromATenthToTheQuotaWithinTheRamp() {
    Run run = new Run(START);
    assertThat(run.perSecondOver(Duration.ofSeconds(1))).isBetween(1000.0, 2100.0);
    run.perSecondOver(Duration.ofSeconds(29));
    assertThat(run.perSecondOver(Duration.ofSeconds(1)))
        .isCloseTo(5500, Percentage.withPercentage(3));
    run.perSecondOver(Duration.ofSeconds(29));
    assertThat(run.perSecondOver(Duration.ofSeconds(60)))
        .isCloseTo(10_000, Percentage.withPercentage(1));
  }

  @Test
  void noSecondOfAnyRunIsBeyondTheQuotaByMoreThanTheBucket() {
    Run run = new Run(START);
    run.perSecondOver(Duration.ofMinutes(2));
    run.now = run.now.plusSeconds(30);
    assertThat(run.perSecondOver(Duration.ofSeconds(1))).isLessThan(20_001);
    assertThat(run.perSecondOver(Duration.ofSeconds(1))).isLessThan(10_300);
  }

  @ParameterizedTest
  @ValueSource(longs = {2_400, 60, 1})
  void aQuotaThatIsLoweredCountsAtOnce(long perMinute) {
    Run run = new Run(START);
    run.perSecondOver(Duration.ofSeconds(90));
    run.now = run.now.plusSeconds(1);
    run.budget = run.budget.take(LIMITS, run.now, 0, false).left();
    Limits lowered = new Limits(perMinute, LIMITS.urgentShare(), LIMITS.rampUp());
    SendBudget.Grant all = run.budget.take(lowered, run.now, 100_000, true);
    assertThat(all.pushes()).isLessThanOrEqualTo((int) Math.max(1, perMinute / 60));
  }

  @Test
  void afterAPauseItBeginsWithTheRampAgain() {
    Run run = new Run(START);
    run.perSecondOver(Duration.ofSeconds(90));
    run.now = run.now.plus(Duration.ofMinutes(3));
    run.perSecondOver(Duration.ofSeconds(1));
    assertThat(run.perSecondOver(Duration.ofSeconds(1))).isLessThan(1500);
  }

  @Test
  void theFirstMinuteOfAQuarterOfAnHourIsSlow() {
    Run run = new Run(Instant.parse("2026-11-25T10:13:00Z"));
    run.perSecondOver(Duration.ofSeconds(121));
    assertThat(run.perSecondOver(Duration.ofSeconds(30)))
        .isCloseTo(5000, Percentage.withPercentage(2));
    run.perSecondOver(Duration.ofSeconds(30));
    assertThat(run.perSecondOver(Duration.ofSeconds(30)))
        .isCloseTo(10_000, Percentage.withPercentage(2));
  }

  @Test
  void aShareIsLeftForWhatIsUrgentWhateverTheRestTakes() {
    Run run = new Run(START);
    run.perSecondOver(Duration.ofSeconds(90));
    SendBudget.Grant urgent = run.budget.take(LIMITS, run.now, 100_000, true);
    assertThat((double) urgent.pushes()).isCloseTo(2000, within(300.0));
    assertThat(run.budget.take(LIMITS, run.now, 100_000, false).pushes()).isLessThan(300);
  }

  @Test
  void anExceededQuotaHalvesThePaceOfEverybodyUntilTheProviderLetsUsBack() {
    Run run = new Run(START);
    run.perSecondOver(Duration.ofSeconds(70));
    // All that was under way is refused: one event.
    for (int i = 0; i < 500; i++) {
      run.budget = run.budget.exceeded(LIMITS, run.now, Duration.ofSeconds(30));
    }
    assertThat(run.perSecondOver(Duration.ofSeconds(20)))
        .isCloseTo(5000, Percentage.withPercentage(6));
    run.budget = run.budget.exceeded(LIMITS, run.now, Duration.ofSeconds(30));
    assertThat(run.perSecondOver(Duration.ofSeconds(20)))
        .isCloseTo(2500, Percentage.withPercentage(6));
    run.perSecondOver(Duration.ofSeconds(10 + 60));
    assertThat(run.perSecondOver(Duration.ofSeconds(10)))
        .isCloseTo(10_000, Percentage.withPercentage(2));
  }

  @Test
  void withoutAnAnswerOfItsOwnThePaceStaysDownForAMinute() {
    SendBudget slowed = SendBudget.fresh(LIMITS, START).exceeded(LIMITS, START, Duration.ZERO);
    assertThat(slowed.slowedUntil()).isEqualTo(START.plusSeconds(60));
    assertThat(slowed.take(LIMITS, START, 1, false).pushes()).isZero();
  }

  @Test
  void anAbsurdWaitKeepsThePaceDownForAnHour() {
    SendBudget slowed =
        SendBudget.fresh(LIMITS, START).exceeded(LIMITS, START, Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(slowed.slowedUntil()).isEqualTo(START.plusSeconds(3600));
  }

  @Test
  void whatIsNotUsedIsGivenBack() {
    SendBudget full = SendBudget.fresh(LIMITS, START);
    int all = full.take(LIMITS, START, Integer.MAX_VALUE, false).pushes();
    SendBudget left = full.take(LIMITS, START, all, false).left();
    assertThat(left.take(LIMITS, START, all, false).pushes()).isZero();
    assertThat(left.returned(all).take(LIMITS, START, all, false).pushes()).isEqualTo(all);
  }

  @Test
  void theSmallestQuotaStillLetsOneThroughInTime() {
    Limits one = new Limits(1, 0, Duration.ofSeconds(1));
    SendBudget budget = SendBudget.fresh(one, START);
    Instant now = START;
    int sent = 0;
    for (int i = 0; i < 300; i++) {
      SendBudget.Grant grant = budget.take(one, now, 1, false);
      sent += grant.pushes();
      assertThat(grant.pushes() > 0 || !grant.pause().isZero()).isTrue();
      budget = grant.left();
      now = now.plus(Duration.ofSeconds(1));
    }
    assertThat(sent).isBetween(3, 6);
  }

  /** Somebody who always wants more. */
  private static final class Run {
    private Instant now;
    private SendBudget budget;

    Run(Instant start) {
      now = start;
      budget = SendBudget.fresh(LIMITS, start);
    }

    double perSecondOver(Duration length) {
      Instant end = now.plus(length);
      long sent = 0;
      while (now.isBefore(end)) {
        SendBudget.Grant grant = budget.take(LIMITS, now, 250, false);
        budget = grant.left();
        sent += grant.pushes();
        if (grant.pushes() < 250) {
          now = now.plus(STEP);
        }
      }
      return sent / (length.toMillis() / 1000.0);
    }
  }
}
