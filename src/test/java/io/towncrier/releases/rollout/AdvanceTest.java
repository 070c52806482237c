package io.towncrier.releases.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rollout that is promoted by health or by hand does nothing by itself. */
@Tag("zoneless")
class AdvanceTest {
  private static final Instant OUT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final Rollout rollout =
      new Rollout(
          List.of(phase(10), phase(50), phase(100)),
          Optional.empty(),
          Rollout.State.RUNNING,
          Optional.empty(),
          Duration.ZERO,
          Advance.from(Advance.By.HEALTH));

  private static Phase phase(int percent) {
    return new Phase(percent * 100, Optional.empty(), DAY);
  }

  @Test
  void noPhaseButTheFirstBeginsByTheClock() {
    assertThat(rollout.phaseAt(OUT.minusSeconds(1), OUT)).isEqualTo(-1);
    assertThat(rollout.phaseAt(OUT, OUT)).isZero();
    assertThat(rollout.phaseAt(OUT.plus(DAY.multipliedBy(365)), OUT)).isZero();
    assertThat(rollout.bucketsAt(OUT.plus(DAY.multipliedBy(365)), OUT)).isEqualTo(1000);
    assertThat(rollout.nextPhase(OUT.plus(DAY), OUT)).isEmpty();
  }

  @Test
  void aPromotionBeginsTheNextPhaseAndItsSoak() {
    assertThat(rollout.hasSoaked(OUT.plus(DAY).minusSeconds(1), OUT)).isFalse();
    assertThat(rollout.hasSoaked(OUT.plus(DAY), OUT)).isTrue();
    Instant later = OUT.plus(DAY.multipliedBy(3));
    Rollout second = rollout.promoted(later);
    assertThat(second.bucketsAt(later, OUT)).isEqualTo(5000);
    assertThat(second.hasSoaked(later.plus(DAY).minusSeconds(1), OUT)).isFalse();
    assertThat(second.hasSoaked(later.plus(DAY), OUT)).isTrue();
    assertThat(second.beginOfPhase(1, OUT)).isEqualTo(later);
    assertThat(second.promoted(later.plus(DAY)).waitsForPromotion()).isFalse();
  }

  @Test
  void theSoakStandsStillWithTheRollout() {
    Instant paused = OUT.plus(DAY.dividedBy(2));
    Rollout resumed = rollout.paused(paused).resumed(paused.plus(DAY.multipliedBy(10)));
    assertThat(resumed.hasSoaked(paused.plus(DAY.multipliedBy(10)), OUT)).isFalse();
    assertThat(resumed.hasSoaked(paused.plus(DAY.multipliedBy(11)), OUT)).isTrue();
  }

  @Test
  void whoIsInStaysInWhenThePromotionIsGivenToHealth() {
    Rollout byClock =
        new Rollout(
            rollout.phases(),
            Optional.empty(),
            Rollout.State.RUNNING,
            Optional.empty(),
            Duration.ZERO);
    Instant second = OUT.plus(DAY);
    Rollout byHealth = byClock.promotedBy(Advance.By.HEALTH, second, OUT);
    assertThat(byHealth.bucketsAt(second, OUT)).isEqualTo(byClock.bucketsAt(second, OUT));
    assertThat(byHealth.bucketsAt(second.plus(DAY.multipliedBy(9)), OUT)).isEqualTo(5000);
  }

  @Test
  void fewerPhasesKeepTheLastOneInForce() {
    Rollout second = rollout.promoted(OUT.plus(DAY)).promoted(OUT.plus(DAY.multipliedBy(2)));
    assertThat(second.with(List.of(phase(10), phase(60))).advance().phase()).isOne();
    assertThat(second.with(List.of()).advance().phase()).isZero();
  }
}
