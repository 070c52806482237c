package io.towncrier.releases.phases;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Halt;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchPhasesTest {
  private static final ReleaseId ID = new ReleaseId("r1", "2.0");
  private static final Instant OUT = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Rollout DAILY =
      Rollout.FULL.with(
          List.of(new Phase(100, Optional.empty(), DAY), new Phase(10_000, Optional.empty(), DAY)));

  @Test
  void aPhaseThatBeginsIsNewsAndTheLastOneEndsTheRollout() {
    assertThat(begun(DAILY, Map.of(), OUT.plusSeconds(1)))
        .containsExactly(new WatchPhases.Begun(ID, 0, 100, false, true));
    assertThat(begun(DAILY, Map.of(ID, 0), OUT.plus(DAY)))
        .containsExactly(new WatchPhases.Begun(ID, 1, 10_000, true, true));
    assertThat(begun(DAILY, Map.of(ID, 1), OUT.plus(DAY))).isEmpty();
  }

  @Test
  void aFirstPhaseThatBeginsLongAfterThePublicationIsNewsAsWell() {
    Instant start = OUT.plus(Duration.ofDays(9));
    Rollout late = Rollout.FULL.with(List.of(new Phase(10_000, Optional.of(start), Duration.ZERO)));
    assertThat(begun(late, Map.of(), start.minusSeconds(1))).isEmpty();
    assertThat(begun(late, Map.of(), start.plusSeconds(5)))
        .containsExactly(new WatchPhases.Begun(ID, 0, 10_000, true, true));
  }

  @Test
  void whatBeganBeforeAnybodyWatchedIsOnlyRemembered() {
    Instant later = OUT.plus(Duration.ofDays(30));
    assertThat(begun(DAILY, Map.of(), later))
        .containsExactly(new WatchPhases.Begun(ID, 1, 10_000, true, false));
  }

  @Test
  void whatIsHeldBeginsNoPhase() {
    Rollout halted = DAILY.halted(OUT.plusSeconds(60));
    assertThat(begun(halted, Map.of(ID, 0), OUT.plus(Duration.ofDays(3)))).isEmpty();
  }

  private static List<WatchPhases.Begun> begun(
      Rollout rollout, Map<ReleaseId, Integer> known, Instant now) {
    ReleaseStore.Stored stored =
        new ReleaseStore.Stored(
            ID,
            release("2.0").publishedAt(OUT.toString()).rollout(rollout).build(),
            0,
            Optional.empty(),
            List.of(),
            Optional.empty());
    return WatchPhases.begun(List.of(stored), known, Halt.NONE, now);
  }
}
