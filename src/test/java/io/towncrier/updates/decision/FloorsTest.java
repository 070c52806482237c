package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static io.towncrier.updates.decision.SampleDecision.decide;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.Severity;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.InstallWindow.Hours;
import io.towncrier.releases.version.VersionRange;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorsTest {
  private static final String UNAVAILABLE = "held back: floor-unavailable";

  @Test
  void aFloorComesBeforeWhatIsNewer() {
    assertThat(decide(installed("1.0"), floor(), release("3.0")))
        .isEqualTo("2.0 on the way to 3.0");
  }

  @Test
  void whoHasTheFloorGoesOnToTheTarget() {
    assertThat(decide(installed("2.0"), floor(), release("3.0"))).isEqualTo("3.0");
    assertThat(decide(installed("2.1"), floor(), release("3.0"))).isEqualTo("3.0");
  }

  @Test
  void theSameVersionInAnotherSpellingIsTheFloor() {
    SampleRelease floor = release("2.0").floorFor(range("1.0", "9.0"));

    assertThat(decide(installed("v2.0.0"), floor, release("3.0"))).isEqualTo("3.0");
  }

  @Test
  void aFloorIsOneForTheVersionsThatItNamesAlone() {
    SampleRelease floor = release("2.0").floorFor(range("1.0", "1.5"));

    assertThat(decide(installed("1.0"), floor, release("3.0"))).isEqualTo("2.0 on the way to 3.0");
    assertThat(decide(installed("1.4"), floor, release("3.0"))).isEqualTo("2.0 on the way to 3.0");
    assertThat(decide(installed("1.5"), floor, release("3.0"))).isEqualTo("3.0");
    assertThat(decide(installed("0.9"), floor, release("3.0"))).isEqualTo("3.0");
  }

  @Test
  void ofTwoFloorsTheOlderComesFirst() {
    SampleRelease second = release("2.5").floorBefore("2.5");

    assertThat(decide(installed("1.0"), second, floor(), release("3.0")))
        .isEqualTo("2.0 on the way to 3.0");
    assertThat(decide(installed("2.0"), second, floor(), release("3.0")))
        .isEqualTo("2.5 on the way to 3.0");
  }

  @Test
  void aFloorThatIsTheTargetIsNoStepOnTheWay() {
    assertThat(decide(installed("1.0"), floor())).isEqualTo("2.0");
  }

  @Test
  void aFloorThatIsNewerThanTheTargetIsNoStepOnTheWay() {
    SampleRelease wanted = release("1.5").forRules(rule("first").priority(5));

    assertThat(decide(installed("1.0"), floor(), wanted)).isEqualTo("1.5");
  }

  @ParameterizedTest
  @CsvSource({"beta, DE, en, v1", "stable, FR, en, v1", "stable, DE, fr, v1", "stable, DE, en, v2"})
  void aFloorThatIsForOthersIsNoStepOnTheWay(
      String channel, String country, String language, String hardware) {
    SampleRelease floor =
        floor()
            .on(channel)
            .forRules(rule("some").in(country).speaking(language).onHardware(hardware));

    assertThat(
            decide(
                installed("1.0").in("DE").speaking("en").onHardware("v1"), floor, release("3.0")))
        .isEqualTo("3.0");
  }

  @Test
  void aFloorForOtherVersionsOrOtherClientsIsNoStepOnTheWay() {
    SampleRelease newer = floor().forRules(rule("newer").from("1.5"));
    SampleRelease canary = floor().forRules(rule("canary").onlyCohorts("c1"));
    SampleRelease spared = floor().forRules(rule("all but").exceptCohorts("c0"));

    assertThat(decide(installed("1.0").ofCohort("c0"), newer, release("3.0"))).isEqualTo("3.0");
    assertThat(decide(installed("1.0").ofCohort("c0"), canary, release("3.0"))).isEqualTo("3.0");
    assertThat(decide(installed("1.0").ofCohort("c0"), spared, release("3.0"))).isEqualTo("3.0");
  }

  @Test
  void aFloorThatIsNotOutYetIsNoStepOnTheWay() {
    SampleRelease tomorrow = floor().publishedAt("2026-05-02T12:00:00Z");

    assertThat(decide(installed("1.0"), tomorrow, release("3.0"))).isEqualTo("3.0");
  }

  @Test
  void aFloorThatIsHaltedHoldsBackWhatIsNewer() {
    SampleRelease halted = floor().rollout(Rollout.FULL.halted(SampleDecision.NOW));

    assertThat(decide(installed("1.0"), halted, release("3.0"))).isEqualTo(UNAVAILABLE);
  }

  @Test
  void aFloorWhoseRolloutHasNotComeHoldsBackWhatIsNewer() {
    assertThat(decide(installed("1.0").ofCohort("c0"), floor().rolledOutTo(0), release("3.0")))
        .isEqualTo(UNAVAILABLE);
  }

  @Test
  void aFloorBeforeItsFirstPhaseIsNoStepOnTheWay() {
    Rollout later =
        Rollout.FULL.with(
            List.of(
                new Phase(10_000, Optional.of(SampleDecision.NOW.plusSeconds(1)), Duration.ZERO)));

    assertThat(decide(installed("1.0"), floor().rollout(later), release("3.0"))).isEqualTo("3.0");
  }

  @Test
  void aFloorWithALowerCounterHoldsBackWhatIsNewer() {
    assertThat(
            decide(installed("1.0").counting(7), floor().counting(6), release("3.0").counting(8)))
        .isEqualTo(UNAVAILABLE);
  }

  @Test
  void aFloorWithALowerCounterThatIsForOthersHoldsNothingBack() {
    assertThat(
            decide(
                installed("1.0").counting(7).in("DE"),
                floor().counting(6).allowedIn("FR"),
                release("3.0").counting(8)))
        .isEqualTo("3.0");
  }

  @Test
  void aFloorThatNoMomentSuitsHoldsBackWhatIsNewer() {
    InstallWindow atNight =
        new InstallWindow(
            Optional.of(new Hours(LocalTime.of(2, 0), LocalTime.of(4, 0))),
            Set.of(),
            Optional.empty());

    assertThat(decide(installed("1.0"), floor().installedWithin(atNight), release("3.0")))
        .isEqualTo(UNAVAILABLE);
    assertThat(
            decide(
                installed("1.0").at("Europe/Berlin"),
                floor().installedWithin(atNight),
                release("3.0")))
        .isEqualTo("2.0 on the way to 3.0");
  }

  @Test
  void whatIsNewerIsHeldBackButWhatIsOlderThanTheFloorIsNot() {
    SampleRelease halted = floor().rollout(Rollout.FULL.halted(SampleDecision.NOW));

    assertThat(decide(installed("1.0"), release("1.5"), halted, release("3.0"))).isEqualTo("1.5");
  }

  @Test
  void aFloorThatWasWithdrawnStillBinds() {
    assertThat(decide(installed("1.0"), floor().withdrawn(), release("3.0")))
        .isEqualTo(UNAVAILABLE);
  }

  @Test
  void aLaterFloorTakesThePlaceOfOneThatWasWithdrawn() {
    SampleRelease repaired = release("2.1").floorBefore("2.1");

    assertThat(decide(installed("1.0"), floor().withdrawn(), repaired, release("3.0")))
        .isEqualTo("2.1 on the way to 3.0");
  }

  @Test
  void aTargetThatIsAFloorItselfTakesThePlaceOfOneThatWasWithdrawn() {
    SampleRelease repaired = release("2.1").floorBefore("2.1");

    assertThat(decide(installed("1.0"), floor().withdrawn(), repaired)).isEqualTo("2.1");
  }

  @Test
  void aTargetThatIsAFloorForOtherVersionsDoesNotTakeItsPlace() {
    SampleRelease other = release("2.1").floorFor(range("1.5", "2.1"));

    assertThat(decide(installed("1.0"), floor().withdrawn(), other)).isEqualTo(UNAVAILABLE);
  }

  @Test
  void aLaterFloorThatCannotBeHadDoesNotTakeThePlaceOfOneThatWasWithdrawn() {
    SampleRelease halted =
        release("2.1").floorBefore("2.1").rollout(Rollout.FULL.halted(SampleDecision.NOW));

    assertThat(decide(installed("1.0"), floor().withdrawn(), halted, release("3.0")))
        .isEqualTo(UNAVAILABLE);
  }

  @Test
  void aFloorForOthersThatWasWithdrawnHoldsNothingBack() {
    SampleRelease beta = floor().on("beta").withdrawn();
    SampleRelease abroad = floor().allowedIn("FR").withdrawn();
    SampleRelease otherHardware = floor().forRules(rule("v2").onHardware("v2")).withdrawn();

    assertThat(decide(installed("1.0"), beta, release("3.0"))).isEqualTo("3.0");
    assertThat(decide(installed("1.0").in("DE"), abroad, release("3.0"))).isEqualTo("3.0");
    assertThat(decide(installed("1.0").onHardware("v1"), otherHardware, release("3.0")))
        .isEqualTo("3.0");
  }

  @Test
  void aStepTowardsASecurityReleaseNeedNotBeOne() {
    SampleProduct securityOnly = SampleProduct.product("archer").securityOnly();

    assertThat(
            decide(securityOnly, installed("1.0"), floor(), release("3.0").of(Severity.SECURITY)))
        .isEqualTo("2.0 on the way to 3.0");
    assertThat(decide(securityOnly, installed("1.0"), floor())).isEqualTo("up to date");
  }

  @Test
  void aFloorThatIsOlderBindsWhoMayGoDownToIt() {
    SampleRelease safe = release("2.0").floorFor(range("2.5", "3.0"));

    assertThat(decide(installed("2.7"), safe, release("4.0"))).isEqualTo("4.0");
    assertThat(decide(installed("2.7"), safe.forRules(rule("down").mayGoDown()), release("4.0")))
        .isEqualTo("2.0 on the way to 4.0");
  }

  @Test
  void aWayDownHasItsFloorsToo() {
    SampleRelease safe =
        release("2.0").floorFor(range("3.0", "4.0")).forRules(rule("down").mayGoDown());
    SampleRelease wanted = release("2.5").forRules(rule("back").priority(5).mayGoDown());

    assertThat(decide(installed("3.0"), safe, wanted)).isEqualTo("2.0 on the way to 2.5");
  }

  /** For all that is older. */
  private static SampleRelease floor() {
    return release("2.0").floorBefore("2.0");
  }

  private static VersionRange range(String from, String before) {
    return new VersionRange(Optional.of(from), Optional.empty(), Optional.of(before));
  }
}
