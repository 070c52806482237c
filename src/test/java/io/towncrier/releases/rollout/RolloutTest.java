package io.towncrier.releases.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
  private static final Instant PUBLISHED = Instant.parse("2026-05-01T00:00:00Z");
  private static final Rollout STEPS = rollout(phase(100, 24), phase(1_000, 48), phase(10_000, 0));

  @Test
  void withoutPhasesEverybodyIsInAtOnce() {
    assertThat(Rollout.FULL.bucketsAt(PUBLISHED, PUBLISHED)).isEqualTo(10_000);
    assertThat(Rollout.FULL.nextPhase(PUBLISHED, PUBLISHED)).isEmpty();
  }

  @Test
  void whatIsPausedBeforeItIsOutAddsNobodyUntilItIsResumed() {
    Rollout paused = Rollout.FULL.paused(PUBLISHED.minusSeconds(3600));

    assertThat(paused.bucketsAt(PUBLISHED.plusSeconds(7200), PUBLISHED)).isZero();
    assertThat(paused.nextPhase(PUBLISHED.plusSeconds(7200), PUBLISHED)).isEmpty();

    Rollout resumed = paused.resumed(PUBLISHED.plusSeconds(7200));
    assertThat(resumed.bucketsAt(PUBLISHED.plusSeconds(7200), PUBLISHED)).isZero();
    assertThat(resumed.nextPhase(PUBLISHED.plusSeconds(7200), PUBLISHED)).contains(after(3));
    assertThat(resumed.bucketsAt(after(3), PUBLISHED)).isEqualTo(10_000);
  }

  @Test
  void whatIsPausedWhenEverybodyIsInTakesNothingBack() {
    Rollout paused = Rollout.FULL.paused(after(1));

    assertThat(paused.bucketsAt(after(9), PUBLISHED)).isEqualTo(10_000);
    assertThat(paused.resumed(after(9)).bucketsAt(after(9), PUBLISHED)).isEqualTo(10_000);
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "23, 100", "24, 1000", "71, 1000", "72, 10000", "8760, 10000"})
  void aPhaseBeginsWhenTheOneBeforeHasSoaked(int hours, int buckets) {
    assertThat(STEPS.bucketsAt(after(hours), PUBLISHED)).isEqualTo(buckets);
  }

  @Test
  void aPhaseBeginsAtItsVeryMoment() {
    assertThat(STEPS.bucketsAt(after(24).minusNanos(1), PUBLISHED)).isEqualTo(100);
    assertThat(STEPS.bucketsAt(after(24), PUBLISHED)).isEqualTo(1_000);
  }

  @Test
  void beforeThePublicationNobodyIsIn() {
    assertThat(STEPS.phaseAt(PUBLISHED.minusNanos(1), PUBLISHED)).isEqualTo(-1);
    assertThat(STEPS.bucketsAt(PUBLISHED.minusNanos(1), PUBLISHED)).isZero();
    assertThat(STEPS.nextPhase(PUBLISHED.minusNanos(1), PUBLISHED)).contains(PUBLISHED);
  }

  @Test
  void beforeTheFirstPhaseNobodyIsIn() {
    Rollout later = rollout(phaseFrom(100, 12, 24), phase(10_000, 0));

    assertThat(later.phaseAt(after(11), PUBLISHED)).isEqualTo(-1);
    assertThat(later.bucketsAt(after(11), PUBLISHED)).isZero();
    assertThat(later.bucketsAt(after(12), PUBLISHED)).isEqualTo(100);
    assertThat(later.bucketsAt(after(36), PUBLISHED)).isEqualTo(10_000);
  }

  @Test
  void aPhaseWithAStartWaitsForIt() {
    Rollout waiting = rollout(phase(100, 1), phaseFrom(10_000, 100, 0));

    assertThat(waiting.bucketsAt(after(99), PUBLISHED)).isEqualTo(100);
    assertThat(waiting.bucketsAt(after(100), PUBLISHED)).isEqualTo(10_000);
  }

  @Test
  void aStartThatComesTooEarlyWaitsForTheSoak() {
    Rollout hasty = rollout(phase(100, 24), phaseFrom(10_000, 2, 0));

    assertThat(hasty.bucketsAt(after(23), PUBLISHED)).isEqualTo(100);
    assertThat(hasty.bucketsAt(after(24), PUBLISHED)).isEqualTo(10_000);
  }

  @Test
  void aPhaseInThePastBeginsWithThePublication() {
    assertThat(rollout(phaseFrom(100, -500, 0)).bucketsAt(PUBLISHED, PUBLISHED)).isEqualTo(100);
  }

  @Test
  void theNextPhaseIsKnownUntilThereIsNoneLeft() {
    assertThat(STEPS.nextPhase(PUBLISHED, PUBLISHED)).contains(after(24));
    assertThat(STEPS.nextPhase(after(24), PUBLISHED)).contains(after(72));
    assertThat(STEPS.nextPhase(after(72), PUBLISHED)).isEmpty();
  }

  @Test
  void whoIsInStaysInWhileItIsPaused() {
    Rollout paused = STEPS.paused(after(30));

    assertThat(paused.bucketsAt(after(30), PUBLISHED)).isEqualTo(1_000);
    assertThat(paused.bucketsAt(after(3_000), PUBLISHED)).isEqualTo(1_000);
    assertThat(paused.nextPhase(after(30), PUBLISHED)).isEmpty();
  }

  @Test
  void aPauseMovesEveryLaterPhaseByItsLength() {
    Rollout resumed = STEPS.paused(after(30)).resumed(after(40));

    assertThat(resumed.bucketsAt(after(81), PUBLISHED)).isEqualTo(1_000);
    assertThat(resumed.bucketsAt(after(82), PUBLISHED)).isEqualTo(10_000);
    assertThat(resumed.nextPhase(after(40), PUBLISHED)).contains(after(82));
  }

  @Test
  void aPauseMovesAStartToo() {
    Rollout resumed =
        rollout(phase(100, 0), phaseFrom(10_000, 100, 0)).paused(after(10)).resumed(after(15));

    assertThat(resumed.bucketsAt(after(104), PUBLISHED)).isEqualTo(100);
    assertThat(resumed.bucketsAt(after(105), PUBLISHED)).isEqualTo(10_000);
  }

  @Test
  void twoPausesAddUp() {
    Rollout resumed = STEPS.paused(after(1)).resumed(after(3)).paused(after(10)).resumed(after(14));

    assertThat(resumed.nextPhase(after(14), PUBLISHED)).contains(after(30));
  }

  @Test
  void pausingTwiceCountsFromTheFirstTime() {
    assertThat(STEPS.paused(after(30)).paused(after(35)).resumed(after(40)))
        .isEqualTo(STEPS.paused(after(30)).resumed(after(40)));
  }

  @Test
  void haltedNobodyIsIn() {
    assertThat(STEPS.halted(after(80)).bucketsAt(after(80), PUBLISHED)).isZero();
    assertThat(Rollout.FULL.halted(after(80)).bucketsAt(after(80), PUBLISHED)).isZero();
  }

  @Test
  void whatWasHaltedGoesOnWhereItStoodStill() {
    Rollout resumed = STEPS.halted(after(23)).resumed(after(123));

    assertThat(resumed.bucketsAt(after(123), PUBLISHED)).isEqualTo(100);
    assertThat(resumed.bucketsAt(after(124), PUBLISHED)).isEqualTo(1_000);
  }

  @Test
  void whatWasPausedAndThenHaltedStoodStillSinceThePause() {
    assertThat(STEPS.paused(after(10)).halted(after(20)).resumed(after(30)))
        .isEqualTo(STEPS.paused(after(10)).resumed(after(30)));
  }

  @Test
  void resumingBeforeItStoodStillMovesNothing() {
    assertThat(STEPS.paused(after(30)).resumed(after(20))).isEqualTo(STEPS);
  }

  @Test
  void aRolloutThatShrinksIsRefused() {
    assertThatThrownBy(() -> rollout(phase(1_000, 0), phase(999, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never shrinks");
    assertThat(rollout(phase(1_000, 0), phase(1_000, 0)).phases()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_001, 10_100})
  void aShareOutsideOfNoneToAllIsRefused(int buckets) {
    assertThatThrownBy(() -> phase(buckets, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPhaseThatSoaksForLessThanNothingIsRefused() {
    assertThatThrownBy(() -> phase(100, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClockThatStandsStillWhileItRunsIsRefused() {
    assertThatThrownBy(() -> held(Rollout.State.RUNNING, Optional.of(PUBLISHED)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> held(Rollout.State.PAUSED, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> held(Rollout.State.HALTED, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Rollout held(Rollout.State state, Optional<Instant> since) {
    return new Rollout(List.of(), Optional.empty(), state, since, Duration.ZERO);
  }

  private static Rollout rollout(Phase... phases) {
    return Rollout.FULL.with(List.of(phases));
  }

  private static Phase phase(int buckets, int soakHours) {
    return new Phase(buckets, Optional.empty(), Duration.ofHours(soakHours));
  }

  private static Phase phaseFrom(int buckets, int startHours, int soakHours) {
    return new Phase(buckets, Optional.of(after(startHours)), Duration.ofHours(soakHours));
  }

  private static Instant after(int hours) {
    return PUBLISHED.plus(Duration.ofHours(hours));
  }
}
