package io.towncrier.outcomes.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole rollouts of simulated routers; bench/outcomes runs more and larger ones. */
@Tag("zoneless")
class SimulatedRolloutTest {
  private static final Duration MONTH = Duration.ofDays(30);

  @Test
  void tenPercentOfFailuresHaltTheRolloutBeforeItsLastPhase() {
    for (long seed = 0; seed < 5; seed++) {
      SimulatedRollout rollout = new SimulatedRollout(seed, 3_000, 0.10, 0, true).run(MONTH);
      assertThat(rollout.isHalted()).isTrue();
      assertThat(rollout.phase()).isLessThan(2);
      assertThat(rollout.offersAfterHalt()).isZero();
    }
  }

  @Test
  void onePercentIsPromotedToTheEnd() {
    long promoted =
        LongStream.range(0, 10)
            .filter(
                seed -> new SimulatedRollout(seed, 3_000, 0.01, 0, true).run(MONTH).phase() == 2)
            .count();
    assertThat(promoted).isEqualTo(10);
  }

  @Test
  void downloadErrorsAloneHaltNothingAndHoldThePhase() {
    SimulatedRollout rollout = new SimulatedRollout(1, 3_000, 0, 0.5, true).run(MONTH);
    assertThat(rollout.isHalted()).isFalse();
    assertThat(rollout.phase()).isZero();
  }

  @Test
  void whileNobodyJudgesNoPhaseBegins() {
    SimulatedRollout rollout = new SimulatedRollout(1, 3_000, 0, 0, false).run(MONTH);
    assertThat(rollout.phase()).isZero();
    assertThat(rollout.figures().offered()).isBetween(200L, 400L);
  }
}
