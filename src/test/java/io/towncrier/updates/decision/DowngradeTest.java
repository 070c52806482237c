package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static io.towncrier.updates.decision.SampleDecision.decide;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.SampleRelease;
import org.junit.jupiter.api.Test;

class DowngradeTest {
  @Test
  void withoutPermissionNobodyGoesDownWhateverWasWithdrawn() {
    SampleRelease wanted = release("1.0").forRules(rule("all").priority(1000));

    assertThat(decide(installed("2.0"), wanted, release("2.0").withdrawn()))
        .isEqualTo("up to date");
  }

  @Test
  void withPermissionAVersionThatWasWithdrawnIsReplacedByAnOlderOne() {
    assertThat(decide(installed("2.0"), back("1.0", 0), release("2.0").withdrawn()))
        .isEqualTo("1.0");
  }

  @Test
  void whatIsNotOfTheCatalogueMayBeReplacedToo() {
    assertThat(decide(installed("2.0"), back("1.0", 0))).isEqualTo("1.0");
  }

  @Test
  void anInstalledReleaseOfTheSamePriorityStays() {
    assertThat(decide(installed("2.0"), back("1.0", 0), release("2.0"))).isEqualTo("up to date");
    assertThat(decide(installed("2.0"), back("1.0", 1), release("2.0"))).isEqualTo("1.0");
  }

  @Test
  void onlyTheRuleThatMatchesPermitsIt() {
    SampleRelease canaries =
        release("1.0")
            .forRules(
                rule("canaries").priority(5).onlyCohorts("c1").mayGoDown(),
                rule("all").priority(4));

    assertThat(decide(installed("2.0").ofCohort("c1"), canaries)).isEqualTo("1.0");
    assertThat(decide(installed("2.0").ofCohort("c2"), canaries)).isEqualTo("up to date");
  }

  @Test
  void aRuleThatPermitsItBehindOneThatMatchesDoesNotCount() {
    SampleRelease shadowed =
        release("1.0").forRules(rule("all").priority(5), rule("down").priority(4).mayGoDown());

    assertThat(decide(installed("2.0"), shadowed)).isEqualTo("up to date");
  }

  @Test
  void anUpgradeOfTheSamePriorityGoesFirst() {
    assertThat(decide(installed("2.0"), back("1.0", 0), release("3.0"))).isEqualTo("3.0");
    assertThat(decide(installed("2.0"), back("1.0", 1), release("3.0"))).isEqualTo("1.0");
  }

  @Test
  void theNewestOfTheOlderOnesGoesFirst() {
    assertThat(decide(installed("3.0"), back("1.0", 0), back("2.0", 0))).isEqualTo("2.0");
  }

  @Test
  void noPermissionLiftsTheCounter() {
    assertThat(decide(installed("2.0").counting(5), back("1.0", 5).counting(4)))
        .isEqualTo("up to date");
    assertThat(decide(installed("2.0").counting(5), back("1.0", 5).counting(5))).isEqualTo("1.0");
  }

  @Test
  void ofAnOlderReleaseNobodyHearsThatItIsHeldBack() {
    SampleRelease german =
        release("1.0").forRules(rule("Germany").priority(5).in("DE").mayGoDown());

    assertThat(decide(installed("2.0").in("FR"), german, release("2.0"))).isEqualTo("up to date");
  }

  @Test
  void whoWentDownIsNotSentUpAgainToWhatIsBehind() {
    assertThat(decide(installed("1.0"), back("1.0", 5), release("2.0"))).isEqualTo("up to date");
  }

  private static SampleRelease back(String version, int priority) {
    return release(version).forRules(rule("back").priority(priority).mayGoDown());
  }
}
