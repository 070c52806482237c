package io.towncrier.outcomes.judging;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.rollout.Advance;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** At which rollouts the tick looks. */
class JudgeRolloutsTest {
  private static final Instant PUBLISHED = Instant.parse("2026-05-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Rollout TWO_PHASES =
      new Rollout(
          List.of(
              new Phase(Bucket.COUNT / 2, Optional.empty(), DAY),
              new Phase(Bucket.COUNT, Optional.empty(), DAY)),
          Optional.empty(),
          Rollout.State.RUNNING,
          Optional.empty(),
          Duration.ZERO);

  @Test
  void oneThatIsThroughIsLookedAtForAWeekAndThenCostsNothing() {
    assertThat(isLookedAt(TWO_PHASES, Duration.ofDays(7))).isTrue();
    assertThat(isLookedAt(TWO_PHASES, Duration.ofDays(8))).isFalse();
  }

  @Test
  void oneThatWaitsForAPromotionIsLookedAtUntilItHasIt() {
    Rollout waits = TWO_PHASES.promotedBy(Advance.By.HEALTH, PUBLISHED, PUBLISHED);
    Rollout promoted = waits.promoted(PUBLISHED.plus(YEAR));

    assertThat(isLookedAt(waits, YEAR)).isTrue();
    assertThat(isLookedAt(promoted, YEAR.plusDays(6))).isTrue();
    assertThat(isLookedAt(promoted, YEAR.plusDays(7))).isFalse();
  }

  @Test
  void whatStandsStillOrIsNotOutIsNotLookedAt() {
    assertThat(isLookedAt(TWO_PHASES.halted(PUBLISHED), DAY)).isFalse();
    assertThat(isLookedAt(TWO_PHASES.paused(PUBLISHED), DAY)).isFalse();
    assertThat(
            JudgeRollouts.isUnderWay(sample(TWO_PHASES).withdrawn().build(), PUBLISHED.plus(DAY)))
        .isFalse();
  }

  private static boolean isLookedAt(Rollout rollout, Duration after) {
    return JudgeRollouts.isUnderWay(sample(rollout).build(), PUBLISHED.plus(after));
  }

  private static SampleRelease sample(Rollout rollout) {
    return release("2.0.0").rollout(rollout).publishedAt(PUBLISHED.toString());
  }
}
