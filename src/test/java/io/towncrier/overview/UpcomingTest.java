package io.towncrier.overview;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Halt;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a rollout does by itself, and how it stands. */
class UpcomingTest {
  private static final Instant OUT = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant LATER = OUT.plus(Duration.ofDays(30));
  private static final Rollout DAILY =
      Rollout.FULL.with(
          List.of(
              new Phase(100, Optional.empty(), Duration.ofDays(1)),
              new Phase(2500, Optional.empty(), Duration.ofDays(2)),
              new Phase(10_000, Optional.empty(), Duration.ZERO)));

  @Test
  void everyPhaseToComeIsNamedOnceWithItsShare() {
    assertThat(Upcoming.of(stored(DAILY), Halt.NONE, OUT.plusSeconds(1), LATER))
        .extracting(Upcoming::at, Upcoming::what, one -> one.percentage().orElseThrow())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                OUT.plus(Duration.ofDays(1)), Upcoming.What.PHASE, 25.0),
            org.assertj.core.groups.Tuple.tuple(
                OUT.plus(Duration.ofDays(3)), Upcoming.What.PHASE, 100.0));
  }

  @Test
  void whatIsNotOutYetIsPublishedFirst() {
    Instant before = OUT.minusSeconds(60);
    assertThat(Upcoming.of(stored(DAILY), Halt.NONE, before, LATER))
        .extracting(Upcoming::what)
        .containsExactly(Upcoming.What.PUBLICATION, Upcoming.What.PHASE, Upcoming.What.PHASE);
    assertThat(Upcoming.of(stored(DAILY), Halt.NONE, before, OUT))
        .extracting(Upcoming::what)
        .containsExactly(Upcoming.What.PUBLICATION);
  }

  @Test
  void whatIsHeldDoesNothingByItself() {
    Instant now = OUT.plusSeconds(1);
    assertThat(Upcoming.of(stored(DAILY.paused(now)), Halt.NONE, now, LATER)).isEmpty();
    Halt cell = Halt.NONE.halted(false, now);
    assertThat(Upcoming.of(stored(DAILY), cell, now, LATER)).isEmpty();
  }

  @Test
  void aRolloutThatIsThroughDoesNotMove() {
    assertThat(MovingRollout.of(stored(DAILY), Halt.NONE, LATER)).isEmpty();
    MovingRollout second =
        MovingRollout.of(stored(DAILY), Halt.NONE, OUT.plus(Duration.ofDays(1))).orElseThrow();
    assertThat(second.phase()).isEqualTo(2);
    assertThat(second.percentage()).isEqualTo(25);
    assertThat(second.moves()).isTrue();
    MovingRollout halted =
        MovingRollout.of(stored(DAILY.halted(OUT)), Halt.NONE, LATER).orElseThrow();
    assertThat(halted.percentage()).isZero();
    assertThat(halted.moves()).isFalse();
  }

  private static ReleaseStore.Stored stored(Rollout rollout) {
    Release release = release("2.0").publishedAt(OUT.toString()).rollout(rollout).build();
    return new ReleaseStore.Stored(
        new ReleaseId("p", "2.0"), release, 0, Optional.empty(), List.of(), Optional.empty());
  }
}
