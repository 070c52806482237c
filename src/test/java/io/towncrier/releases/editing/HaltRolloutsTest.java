package io.towncrier.releases.editing;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Halt;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.Severity;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HaltRolloutsTest {
  private static final Instant PUBLISHED = Instant.parse("2026-05-01T00:00:00Z");
  private static final Instant HALTED = PUBLISHED.plus(Duration.ofHours(6));
  private static final Instant RESUMED = HALTED.plus(Duration.ofHours(10));
  private static final Halt ALL = Halt.NONE.halted(false, HALTED);
  private static final Rollout STEPS =
      Rollout.FULL.with(
          List.of(
              new Phase(100, Optional.empty(), Duration.ofHours(12)),
              new Phase(10_000, Optional.empty(), Duration.ZERO)));

  @Test
  void laterPhasesComeLaterByTheLengthOfTheHalt() {
    Release moved = moved(out(STEPS), ALL).orElseThrow();

    assertThat(moved.rollout().heldFor()).isEqualTo(Duration.ofHours(10));
    assertThat(moved.rollout().bucketsAt(RESUMED, PUBLISHED)).isEqualTo(100);
    assertThat(moved.rollout().nextPhase(RESUMED, PUBLISHED))
        .contains(PUBLISHED.plus(Duration.ofHours(22)));
  }

  @Test
  void whatWasPublishedMeanwhileStoodStillFromThenOn() {
    Instant later = HALTED.plus(Duration.ofHours(4));
    Release published = out(STEPS).publishedAt(later.toString()).build();

    assertThat(HaltRollouts.moved(published, ALL, RESUMED).orElseThrow().rollout().heldFor())
        .isEqualTo(Duration.ofHours(6));
    assertThat(HaltRollouts.moved(out(STEPS).publishedAt(RESUMED.toString()).build(), ALL, RESUMED))
        .as("it has not begun")
        .isEmpty();
  }

  @Test
  void nothingIsWrittenOfWhatHasNoPhaseToCome() {
    assertThat(moved(out(Rollout.FULL), ALL)).isEmpty();
    Release through = out(STEPS).publishedAt(HALTED.minus(Duration.ofHours(13)).toString()).build();
    assertThat(HaltRollouts.moved(through, ALL, RESUMED)).isEmpty();
    assertThat(moved(out(STEPS).draft(), ALL)).isEmpty();
    assertThat(moved(out(STEPS).withdrawn(), ALL)).isEmpty();
  }

  @Test
  void whatStandsStillByItselfIsNotMovedTwice() {
    Rollout paused = STEPS.paused(HALTED.minusSeconds(60));
    assertThat(moved(out(paused), ALL)).isEmpty();
    assertThat(moved(out(STEPS.halted(HALTED)), ALL)).isEmpty();
    // Resumed at the moment at which all stand, and then with all the others.
    Release resumed = moved(out(paused.resumed(HALTED)), ALL).orElseThrow();
    assertThat(resumed.rollout().heldFor()).isEqualTo(Duration.ofHours(10).plusSeconds(60));
  }

  @Test
  void securityStandsStillOnlyWhereItWasHalted() {
    SampleRelease security = out(STEPS).of(Severity.SECURITY);
    assertThat(moved(security, Halt.NONE.halted(true, HALTED))).isEmpty();
    Halt later = Halt.NONE.halted(true, HALTED).halted(false, HALTED.plus(Duration.ofHours(5)));
    assertThat(moved(security, later).orElseThrow().rollout().heldFor())
        .isEqualTo(Duration.ofHours(5));
  }

  private static Optional<Release> moved(SampleRelease release, Halt halt) {
    return HaltRollouts.moved(release.build(), halt, RESUMED);
  }

  private static SampleRelease out(Rollout rollout) {
    return release("2.0").publishedAt(PUBLISHED.toString()).rollout(rollout);
  }
}
