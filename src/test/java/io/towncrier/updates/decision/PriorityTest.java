package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static io.towncrier.updates.decision.SampleDecision.decide;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.SampleRelease;
import org.junit.jupiter.api.Test;

class PriorityTest {
  @Test
  void theHighestPriorityGoesBeforeTheNewestVersion() {
    assertThat(decide(installed("1.0"), of("2.0", 5), of("3.0", 4), release("4.0")))
        .isEqualTo("2.0");
  }

  @Test
  void ofOnePriorityTheNewestGoesFirst() {
    assertThat(decide(installed("1.0"), of("2.0", 5), of("3.0", 5))).isEqualTo("3.0");
    assertThat(decide(installed("1.0"), of("2.0", 0), release("3.0"))).isEqualTo("3.0");
  }

  @Test
  void theRuleThatMatchesFirstGivesThePriority() {
    SampleRelease both =
        release("2.0").forRules(rule("all").priority(1), rule("Germany").priority(9).in("DE"));

    assertThat(decide(installed("1.0").in("DE"), both, of("3.0", 5))).isEqualTo("2.0");
    assertThat(decide(installed("1.0").in("FR"), both, of("3.0", 5))).isEqualTo("3.0");
  }

  @Test
  void oneRuleThatMatchesIsEnough() {
    SampleRelease either =
        release("2.0").forRules(rule("Germany").in("DE"), rule("v2").onHardware("v2"));

    assertThat(decide(installed("1.0").in("DE").onHardware("v1"), either)).isEqualTo("2.0");
    assertThat(decide(installed("1.0").in("FR").onHardware("v2"), either)).isEqualTo("2.0");
  }

  @Test
  void whenNoRuleMatchesTheFirstSaysWhy() {
    SampleRelease either =
        release("2.0")
            .forRules(
                rule("v2").onHardware("v2"),
                rule("Germany").priority(5).in("DE"),
                rule("French").priority(5).speaking("fr"));

    assertThat(decide(installed("1.0").in("FR").onHardware("v1").speaking("de"), either))
        .isEqualTo("held back: country-not-served");
  }

  @Test
  void ofTwoRefusalsThatOfTheHigherPriorityIsTold() {
    SampleRelease urgent = release("2.0").forRules(rule("v2").priority(5).onHardware("v2"));
    SampleRelease newer = release("3.0").forRules(rule("Germany").in("DE"));

    assertThat(decide(installed("1.0").in("FR").onHardware("v1"), urgent, newer))
        .isEqualTo("held back: hardware-not-served");
  }

  @Test
  void whatIsRefusedLeavesItsPlaceToTheNext() {
    assertThat(decide(installed("1.0"), of("2.0", 5), of("3.0", 9).withdrawn())).isEqualTo("2.0");
  }

  @Test
  void whatIsBehindTheInstalledReleaseDoesNotReplaceIt() {
    assertThat(decide(installed("2.0"), of("2.0", 5), of("3.0", 4))).isEqualTo("up to date");
    assertThat(decide(installed("2.0"), of("2.0", 5), of("3.0", 5))).isEqualTo("3.0");
  }

  @Test
  void theInstalledReleaseHoldsNothingOnceItIsWithdrawn() {
    assertThat(decide(installed("2.0"), of("2.0", 5).withdrawn(), of("3.0", 4))).isEqualTo("3.0");
  }

  @Test
  void theInstalledReleaseHoldsNothingForWhomItsRulesDoNotMean() {
    SampleRelease german = release("2.0").forRules(rule("Germany").priority(5).in("DE"));

    assertThat(decide(installed("2.0").in("DE"), german, of("3.0", 4))).isEqualTo("up to date");
    assertThat(decide(installed("2.0").in("FR"), german, of("3.0", 4))).isEqualTo("3.0");
  }

  @Test
  void ofWhatIsBehindTheInstalledReleaseNothingIsHeldBack() {
    SampleRelease newer = release("3.0").forRules(rule("v2").priority(4).onHardware("v2"));

    assertThat(decide(installed("2.0").onHardware("v1"), of("2.0", 5), newer))
        .isEqualTo("up to date");
    assertThat(decide(installed("2.0").onHardware("v1"), of("2.0", 4), newer))
        .isEqualTo("held back: hardware-not-served");
  }

  @Test
  void theInstalledVersionIsNeverOfferedWhateverItsPriority() {
    assertThat(decide(installed("v2.0.0"), of("2.0", 1000))).isEqualTo("up to date");
  }

  private static SampleRelease of(String version, int priority) {
    return release(version).forRules(rule("all").priority(priority));
  }
}
