package io.towncrier.outcomes.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.towncrier.outcomes.state.Mark;
import io.towncrier.outcomes.state.Tally;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a rollout is halted, promoted, or waits. */
@Tag("zoneless")
class JudgeRolloutTest {
  @Test
  void theBoundIsThatOfWilson() {
    assertThat(Wilson.lowerBound(0, 0)).isZero();
    assertThat(Wilson.lowerBound(0, 100)).isZero();
    // By hand: p = 0.1, n = 100, z = 3.09.
    assertThat(Wilson.lowerBound(10, 100)).isCloseTo(0.0397, within(0.0005));
    assertThat(Wilson.lowerBound(100, 1000)).isCloseTo(0.0745, within(0.0005));
  }

  @Test
  void tooFewSayNothingHoweverBad() {
    assertThat(verdict(99, 0)).isEqualTo(new Verdict.Wait(Verdict.Reason.TOO_FEW_ENDED));
    assertThat(verdict(100, 0)).isInstanceOf(Verdict.Halt.class);
  }

  @Test
  void aRateAboveTheThresholdHaltsOnceItIsSure() {
    assertThat(verdict(10, 190)).isInstanceOf(Verdict.Wait.class);
    assertThat(verdict(100, 1900)).isInstanceOf(Verdict.Halt.class);
    assertThat(((Verdict.Halt) verdict(100, 1900)).why())
        .startsWith("100 of 2000 failed (5.00 %, at least 3.")
        .contains("threshold 3.00 %")
        .contains("1900 confirmed, 100 install-failed");
  }

  @Test
  void devicesThatSoakAreNoFailures() {
    Map<String, Long> young = new HashMap<>(figures(20, 80).byName());
    assertThat(JudgeRollout.of(new Figures(young), each(20), Thresholds.DEFAULT, false))
        .isInstanceOf(Verdict.Halt.class);
    young.put(Tally.SOAKING, 900L);
    assertThat(JudgeRollout.of(new Figures(young), each(20), Thresholds.DEFAULT, false))
        .isInstanceOf(Verdict.Wait.class);
  }

  @Test
  void aGoodPhaseIsPromotedAfterItsSoakAndNotBefore() {
    assertThat(verdict(2, 98)).isInstanceOf(Verdict.Promote.class);
    assertThat(JudgeRollout.of(figures(2, 98), each(2), Thresholds.DEFAULT, false))
        .isEqualTo(new Verdict.Wait(Verdict.Reason.SOAKING));
    assertThat(verdict(4, 96)).isEqualTo(new Verdict.Wait(Verdict.Reason.TOO_MANY_FAILED));
  }

  @Test
  void aPhaseOfWhichAFifthIsUnderWayWaits() {
    Map<String, Long> busy = new HashMap<>(figures(0, 100).byName());
    busy.put(Tally.STARTED, 126L);
    assertThat(JudgeRollout.of(new Figures(busy), List.of(), Thresholds.DEFAULT, true))
        .isEqualTo(new Verdict.Wait(Verdict.Reason.TOO_MANY_UNDER_WAY));
  }

  @Test
  void downloadsThatFailHoldThePromotionAndHaltNothing() {
    Map<String, Long> bad = new HashMap<>(figures(0, 100).byName());
    bad.put(Mark.DOWNLOAD_FAILED.code(), 900L);
    bad.put(Tally.STARTED, 1000L);
    assertThat(JudgeRollout.of(new Figures(bad), List.of(), Thresholds.DEFAULT, true))
        .isEqualTo(new Verdict.Wait(Verdict.Reason.TOO_MANY_DOWNLOADS_FAILED));
  }

  @Test
  void noNetworkGivesMoreThanATenthOfTheFailures() {
    assertThat(Figures.capped(1000, List.of(1000L))).isOne();
    assertThat(Figures.capped(100, each(100))).isEqualTo(100);
    // 100 honest networks with one each, and one that invents 10,000.
    assertThat(Figures.capped(10_100, List.of(10_000L))).isBetween(105L, 112L);
    assertThat(JudgeRollout.of(figures(5000, 100), List.of(5000L), Thresholds.DEFAULT, false))
        .isInstanceOf(Verdict.Wait.class);
  }

  private static Verdict verdict(long failures, long confirmed) {
    return JudgeRollout.of(figures(failures, confirmed), each(failures), Thresholds.DEFAULT, true);
  }

  private static List<Long> each(long networks) {
    return Collections.nCopies((int) Math.min(100, networks), 1L);
  }

  private static Figures figures(long failures, long confirmed) {
    return new Figures(
        Map.of(
            Mark.INSTALL_FAILED.code(),
            failures,
            Mark.CONFIRMED.code(),
            confirmed,
            Tally.STARTED,
            failures + confirmed));
  }
}
