package io.towncrier.delivery.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.delivery.ladder.Climb.Climbed;
import io.towncrier.delivery.ladder.ReportedStep.PushName;
import io.towncrier.delivery.ladder.Rungs.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ladder only goes up, in any order and by anybody it is told. */
@Tag("zoneless")
class ClimbTest {
  private static final Instant ACCEPTED = Instant.parse("2026-12-01T08:00:00Z");
  private static final Instant NOW = ACCEPTED.plus(Duration.ofHours(2));
  private static final PushName PUSH = new PushName.OfNotice("dev_1", "ntc_1");
  private static final Climb CLIMB = new Climb(StepTable.COMMITTED, Duration.ofDays(30));

  @Test
  void inAnyOrderItNeverGoesBackAndNothingThatWasSaidIsSaidOtherwise() {
    Random random = new Random(20_261_201);
    for (int run = 0; run < 50_000; run++) {
      Rungs rungs = random.nextInt(10) == 0 ? Rungs.planned() : Rungs.acceptedAt(ACCEPTED);
      Instant now = ACCEPTED.plusSeconds(random.nextInt(100_000));
      for (int i = 0; i < 8; i++) {
        ReportedStep said = anything(random, now);
        Climbed climbed = CLIMB.climb(rungs, said, now);
        higherOrEqual(rungs, climbed.rungs(), said, now);
        assertThat(climbed.verdict() == Verdict.TAKEN).isEqualTo(!climbed.rungs().equals(rungs));
        Climbed again = CLIMB.climb(climbed.rungs(), said, now);
        assertThat(again.rungs()).as("said twice: %s", said).isEqualTo(climbed.rungs());
        rungs = climbed.rungs();
        now = now.plusSeconds(random.nextInt(100));
      }
    }
  }

  private static void higherOrEqual(Rungs before, Rungs after, ReportedStep said, Instant now) {
    String what = before + " and " + said;
    assertThat(after.rung()).as(what).isGreaterThanOrEqualTo(before.rung());
    List<Optional<Told>> had = told(before);
    List<Optional<Told>> has = told(after);
    for (int i = 0; i < had.size(); i++) {
      if (had.get(i).isPresent()) {
        assertThat(has.get(i)).as(what).isEqualTo(had.get(i));
      }
      if (has.get(i).isPresent()) {
        Told told = has.get(i).get();
        assertThat(told.at()).as(what).isBetween(ACCEPTED, now);
        assertThat(told.by()).as(what).isNotEqualTo(StepSource.INBOX);
      }
    }
    assertThat(after.shown().isPresent() && after.dropped().isPresent()).as(what).isFalse();
    assertThat(after.opened().isPresent() && after.shown().isEmpty()).as(what).isFalse();
    assertThat(after.shown().isPresent() && after.arrived().isEmpty()).as(what).isFalse();
  }

  private static List<Optional<Told>> told(Rungs rungs) {
    return List.of(
        rungs.held(),
        rungs.arrived(),
        rungs.shown(),
        rungs.opened(),
        rungs.dropped().map(Rungs.Dropped::told));
  }

  private static ReportedStep anything(Random random, Instant now) {
    PushStep step = PushStep.values()[random.nextInt(PushStep.values().length)];
    StepSource source = StepSource.values()[random.nextInt(StepSource.values().length)];
    Instant at = ACCEPTED.plusSeconds(random.nextInt(300_000) - 100_000);
    return new ReportedStep(
        PUSH,
        step,
        source,
        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(random.nextBoolean() ? at : now),
        Optional.empty());
  }

  @Test
  void whateverOrderAPhoneTellsItsStepsInTheHighestHolds() {
    List<PushStep> steps = Arrays.asList(PushStep.ARRIVED, PushStep.SHOWN, PushStep.OPENED);
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(steps, random);
      Rungs rungs = Rungs.acceptedAt(ACCEPTED);
      for (PushStep step : steps) {
        rungs = CLIMB.climb(rungs, app(step, ACCEPTED.plusSeconds(30)), NOW).rungs();
      }
      assertThat(rungs.rung()).as(steps.toString()).isEqualTo(Rung.OPENED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-301, BEFORE_ACCEPTANCE",
    "-86400, BEFORE_ACCEPTANCE",
    "-300, TAKEN",
    "0, TAKEN",
    "7200, TAKEN",
    "7500, TAKEN",
    "7501, IN_FUTURE",
    "31536000, IN_FUTURE"
  })
  void clocksAreAllowedFiveMinutesAndNoMore(int seconds, Verdict verdict) {
    Climbed climbed =
        CLIMB.climb(
            Rungs.acceptedAt(ACCEPTED), app(PushStep.SHOWN, ACCEPTED.plusSeconds(seconds)), NOW);

    assertThat(climbed.verdict()).isEqualTo(verdict);
    climbed.rungs().shown().ifPresent(told -> assertThat(told.at()).isBetween(ACCEPTED, NOW));
  }

  @Test
  void whatIsNotAcceptedMayBeSaidAgainAndWhatIsTooOldMayNot() {
    assertThat(CLIMB.climb(Rungs.planned(), app(PushStep.SHOWN, NOW), NOW).verdict())
        .isEqualTo(Verdict.NOT_YET);
    assertThat(Verdict.NOT_YET.isFinal()).isFalse();
    Instant late = ACCEPTED.plus(Duration.ofDays(30)).plusSeconds(1);
    assertThat(CLIMB.climb(Rungs.acceptedAt(ACCEPTED), app(PushStep.SHOWN, late), late).verdict())
        .isEqualTo(Verdict.OVER);
    assertThat(EnumSet.allOf(Verdict.class).stream().filter(verdict -> !verdict.isFinal()))
        .containsExactlyInAnyOrder(Verdict.NOT_YET, Verdict.TOO_MANY);
  }

  @Test
  void aPhoneDoesNotSpeakForItsProviderAndNobodyForTheInbox() {
    for (ReportedStep said :
        List.of(
            app(PushStep.HELD, NOW),
            app(PushStep.SEEN, NOW),
            said(PushStep.SEEN, StepSource.PROVIDER),
            said(PushStep.SHOWN, StepSource.INBOX))) {
      assertThat(CLIMB.climb(Rungs.acceptedAt(ACCEPTED), said, NOW).verdict())
          .as(said.toString())
          .isEqualTo(Verdict.NOT_ASKED);
    }
  }

  @Test
  void whatWasTouchedHadBeenShownAndWhatAnAppDropsHadArrived() {
    Rungs touched = CLIMB.climb(Rungs.acceptedAt(ACCEPTED), app(PushStep.OPENED, NOW), NOW).rungs();
    assertThat(Stream.of(touched.arrived(), touched.shown(), touched.opened()))
        .allMatch(told -> told.equals(Optional.of(new Told(NOW, StepSource.APP))));

    assertThat(CLIMB.climb(Rungs.acceptedAt(ACCEPTED), app(PushStep.DROPPED, NOW), NOW).rungs())
        .matches(rungs -> rungs.arrived().isPresent() && rungs.shown().isEmpty());
    assertThat(
            CLIMB
                .climb(Rungs.acceptedAt(ACCEPTED), said(PushStep.DROPPED, StepSource.PROVIDER), NOW)
                .rungs())
        .matches(rungs -> rungs.arrived().isEmpty() && rungs.rung() == Rung.DROPPED);
  }

  @Test
  void whatIsCountedIsCountedOnceWithWhoSaidSo() {
    Rungs arrived =
        CLIMB
            .climb(Rungs.acceptedAt(ACCEPTED), said(PushStep.ARRIVED, StepSource.PROVIDER), NOW)
            .rungs();
    Rungs shown = CLIMB.climb(arrived, app(PushStep.SHOWN, ACCEPTED.plusSeconds(120)), NOW).rungs();

    assertThat(StepCount.between(Rungs.acceptedAt(ACCEPTED), arrived))
        .containsExactly(new StepCount("step", "provider", "ARRIVED"));
    assertThat(StepCount.between(arrived, shown))
        .as("a provider that is late with its word makes no phone late")
        .containsExactly(
            new StepCount("step", "app", "SHOWN"), new StepCount("within", "120", "SHOWN"));
    assertThat(StepCount.between(shown, shown)).isEmpty();
    assertThat(ShownMark.of(Duration.ofSeconds(10))).isEqualTo("10");
    assertThat(ShownMark.of(Duration.ofMillis(10_001))).isEqualTo("60");
    assertThat(ShownMark.of(Duration.ofDays(1))).isEqualTo(ShownMark.LATER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8})
  void aTableThatLacksALineIsNoTable(int line) {
    List<String> lines = new ArrayList<>(StepTable.lines());
    lines.remove(line);
    assertThatThrownBy(() -> StepTable.of(lines)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWordThatNobodyKnowsIsNoCell() {
    List<String> lines = new ArrayList<>(StepTable.lines());
    lines.set(3, lines.get(3).replace("arrived", "delivered"));
    assertThatThrownBy(() -> StepTable.of(lines)).hasMessageContaining("delivered");
  }

  private static ReportedStep app(PushStep step, Instant at) {
    return new ReportedStep(PUSH, step, StepSource.APP, Optional.of(at), Optional.empty());
  }

  private static ReportedStep said(PushStep step, StepSource source) {
    return new ReportedStep(PUSH, step, source, Optional.of(NOW), Optional.empty());
  }
}
