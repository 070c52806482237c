package io.towncrier.releases.phases;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Halt;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.phases.ToldPhases.Told;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BegunTest {
  private static final ReleaseId ID = new ReleaseId("r1", "2.0");
  private static final Instant OUT = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Phase FIRST = new Phase(100, Optional.empty(), DAY);
  private static final Rollout DAILY =
      Rollout.FULL.with(List.of(FIRST, new Phase(10_000, Optional.empty(), DAY)));

  @Test
  void aPhaseThatBeginsIsNewsAndTheLastOneEndsTheRollout() {
    assertThat(begun(DAILY, Map.of(), OUT.plusSeconds(1)))
        .containsExactly(new Begun(ID, OUT, 0, 100, false, true));
    assertThat(begun(DAILY, told(0, false), OUT.plus(DAY)))
        .containsExactly(new Begun(ID, OUT, 1, 10_000, true, true));
    assertThat(begun(DAILY, told(1, true), OUT.plus(DAY))).isEmpty();
  }

  @Test
  void aFirstPhaseThatBeginsLongAfterThePublicationIsNewsAsWell() {
    Instant start = OUT.plus(Duration.ofDays(9));
    Rollout late = Rollout.FULL.with(List.of(new Phase(10_000, Optional.of(start), Duration.ZERO)));
    assertThat(begun(late, Map.of(), start.minusSeconds(1))).isEmpty();
    assertThat(begun(late, Map.of(), start.plusSeconds(5)))
        .containsExactly(new Begun(ID, OUT, 0, 10_000, true, true));
  }

  @Test
  void whatBeganBeforeAnybodyWatchedIsOnlyRemembered() {
    Instant later = OUT.plus(Duration.ofDays(30));
    assertThat(begun(DAILY, Map.of(), later))
        .containsExactly(new Begun(ID, OUT, 1, 10_000, true, false));
  }

  @Test
  void whatIsHeldBeginsNoPhase() {
    Rollout halted = DAILY.halted(OUT.plusSeconds(60));
    assertThat(begun(halted, told(0, false), OUT.plus(Duration.ofDays(3)))).isEmpty();
    Rollout heldAtItsEnd = DAILY.with(List.of(FIRST)).halted(OUT.plusSeconds(60));
    assertThat(begun(heldAtItsEnd, told(0, false), OUT.plus(Duration.ofDays(3)))).isEmpty();
  }

  @Test
  void aPhaseThatBecomesTheLastOneEndsTheRolloutHoweverLongItRuns() {
    Rollout fewer = DAILY.with(List.of(FIRST));
    assertThat(begun(fewer, told(0, false), OUT.plus(Duration.ofDays(12))))
        .containsExactly(new Begun(ID, OUT, 0, 100, true, true));
    assertThat(begun(fewer, told(0, true), OUT.plus(Duration.ofDays(12)))).isEmpty();
  }

  @Test
  void fewerPhasesThanWereToldEndTheRolloutAsWell() {
    Rollout four =
        Rollout.FULL.with(List.of(FIRST, FIRST, FIRST, new Phase(10_000, Optional.empty(), DAY)));
    Instant third = OUT.plus(Duration.ofDays(2));
    assertThat(begun(four, told(1, false), third))
        .containsExactly(new Begun(ID, OUT, 2, 100, false, true));
    assertThat(begun(four.with(List.of(FIRST, FIRST)), told(2, false), third))
        .containsExactly(new Begun(ID, OUT, 1, 100, true, true));
  }

  @Test
  void aRolloutWhosePhasesWereAllTakenAwayIsDone() {
    assertThat(begun(DAILY.with(List.of()), told(0, false), OUT.plusSeconds(90)))
        .containsExactly(new Begun(ID, OUT, 0, 10_000, true, true));
  }

  @Test
  void aPhaseThatIsAddedToWhatWasDoneIsAPhaseThatBegins() {
    Rollout more =
        DAILY.with(List.of(FIRST, FIRST, new Phase(10_000, Optional.empty(), Duration.ZERO)));
    assertThat(begun(more, told(1, true), OUT.plus(DAY))).isEmpty();
    assertThat(begun(more, told(1, true), OUT.plus(DAY).plus(DAY)))
        .as("that its end was told is seen where it is told")
        .containsExactly(new Begun(ID, OUT, 2, 10_000, true, true));
  }

  @Test
  void whatIsPublishedAnewBeginsAnew() {
    Map<ReleaseId, Told> before =
        Map.of(ID, new Told(1, true, Optional.of(OUT.minus(Duration.ofDays(40)))));
    assertThat(begun(DAILY, before, OUT.plusSeconds(1)))
        .containsExactly(new Begun(ID, OUT, 0, 100, false, true));
    assertThat(begun(DAILY, before, OUT.plus(Duration.ofDays(8))))
        .containsExactly(new Begun(ID, OUT, 1, 10_000, true, false));
  }

  @Test
  void whatAnEarlierVersionToldIsTakenForThisPublication() {
    Map<ReleaseId, Told> before = Map.of(ID, new Told(1, true, Optional.empty()));
    assertThat(begun(DAILY, before, OUT.plus(DAY))).isEmpty();
  }

  private static Map<ReleaseId, Told> told(int phase, boolean done) {
    return Map.of(ID, new Told(phase, done, Optional.of(OUT)));
  }

  private static List<Begun> begun(Rollout rollout, Map<ReleaseId, Told> known, Instant now) {
    ReleaseStore.Stored stored =
        new ReleaseStore.Stored(
            ID,
            release("2.0").publishedAt(OUT.toString()).rollout(rollout).build(),
            0,
            Optional.empty(),
            List.of(),
            Optional.empty());
    return Begun.since(known, List.of(stored), Halt.NONE, now);
  }
}
