package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.towncrier.releases.Channels;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.SampleFacts;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.updates.decision.Explanation.Effect;
import io.towncrier.updates.decision.Explanation.OfGate;
import io.towncrier.updates.decision.Explanation.OfRelease;
import io.towncrier.updates.decision.Explanation.OfRule;
import io.towncrier.updates.decision.Explanation.Relation;
import io.towncrier.updates.decision.Explanation.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Channels CHANNELS = new Channels(List.of("stable", "beta"));

  @Test
  void everyReleaseIsToldTheNewestFirst() {
    Explanation told =
        explain(installed("2.0"), release("1.0"), release("3.0"), release("2.0"), release("4.0"));

    assertThat(told.releases())
        .extracting(r -> r.release().version(), OfRelease::relation, OfRelease::standing)
        .containsExactly(
            tuple("4.0", Relation.NEWER, Standing.OFFERED),
            tuple("3.0", Relation.NEWER, Standing.BEATEN),
            tuple("2.0", Relation.INSTALLED, Standing.INSTALLED),
            tuple("1.0", Relation.OLDER, Standing.NO_DOWNGRADE));
  }

  @Test
  void theDecisionIsThatOfTheCheck() {
    SampleRelease[] releases = {release("1.0"), release("2.0").deniedIn("FR")};
    SampleFacts facts = installed("1.0").in("FR");

    assertThat(explain(facts, releases).verdict())
        .isEqualTo(
            DecideUpdate.BY_ALL_GATES.decide(
                compiled(releases), CHANNELS, facts.build(), NOW, Duration.ZERO))
        .extracting(DecidedUpdate::decision)
        .isEqualTo(new UpdateDecision.HeldBack(Refusal.COUNTRY_NOT_SERVED));
  }

  @Test
  void everyGateIsToldAlsoBehindTheFirstThatRefuses() {
    OfRelease told =
        explain(
                installed("1.0").in("FR").counting(9),
                release("2.0").withdrawn().on("beta").deniedIn("FR").counting(8))
            .releases()
            .get(0);

    assertThat(told.standing()).isEqualTo(Standing.REFUSED);
    assertThat(told.gates())
        .extracting(OfGate::name)
        .containsExactlyElementsOf(Gate.ALL.stream().map(Gate::name).toList());
    assertThat(told.gates().stream().flatMap(gate -> gate.refusal().stream()))
        .containsExactly(
            Refusal.WITHDRAWN,
            Refusal.OTHER_CHANNEL,
            Refusal.LOWER_COUNTER,
            Refusal.COUNTRY_NOT_SERVED);
  }

  @Test
  void everyRuleIsToldWithItsVerdict() {
    OfRelease told =
        explain(
                installed("1.0").in("DE").onHardware("v1"),
                release("2.0")
                    .forRules(
                        rule("new hardware").priority(9).onHardware("v2"),
                        rule("since 1.5").priority(5).from("1.5"),
                        rule("Germany").priority(2).in("DE")))
            .releases()
            .get(0);

    assertThat(told.priority()).isEqualTo(2);
    assertThat(told.rules())
        .containsExactly(
            new OfRule("new hardware", 9, false, Optional.of(Refusal.HARDWARE_NOT_SERVED)),
            new OfRule("since 1.5", 5, false, Optional.of(Refusal.VERSION_NOT_SERVED)),
            new OfRule("Germany", 2, false, Optional.empty()));
  }

  @Test
  void aRolloutIsToldForTheCohort() {
    Rollout rollout =
        Rollout.FULL.with(
            List.of(
                new Phase(0, Optional.empty(), Duration.ofDays(1)),
                new Phase(5_000, Optional.of(NOW.plusSeconds(60)), Duration.ZERO)));
    OfRelease told =
        explain(
                installed("1.0").ofCohort("c1"),
                release("2.0").publishedAt("2026-05-01T11:00:00Z").rollout(rollout))
            .releases()
            .get(0);

    assertThat(told.rollout().bucket()).hasValue(Bucket.of("archer/2.0", "c1"));
    assertThat(told.rollout().buckets()).isZero();
    assertThat(told.rollout().phase()).isEqualTo(OptionalInt.of(1));
    assertThat(told.rollout().nextPhaseAt()).contains(Instant.parse("2026-05-02T11:00:00Z"));
    assertThat(told.standing()).isEqualTo(Standing.REFUSED);
  }

  @Test
  void aFloorIsTheHopAndWhatIsBehindItTheTarget() {
    Explanation told =
        explain(
            installed("1.0"), release("2.0").floorBefore("2.0"), release("2.5"), release("3.0"));

    assertThat(told.releases())
        .extracting(OfRelease::standing, OfRelease::via)
        .containsExactly(
            tuple(Standing.TARGET, Optional.of("2.0")),
            tuple(Standing.BEATEN, Optional.of("2.0")),
            tuple(Standing.HOP, Optional.empty()));
    assertThat(effect(told, 2)).isEqualTo(Effect.BINDS);
  }

  @Test
  void aFloorThatCannotBeHadBlocksWhatIsNewer() {
    Explanation told =
        explain(
            installed("1.0").ofCohort("c1"),
            release("2.0").floorBefore("2.0").rolledOutTo(0),
            release("3.0"));

    assertThat(told.verdict().decision())
        .isEqualTo(new UpdateDecision.HeldBack(Refusal.FLOOR_UNAVAILABLE));
    assertThat(told.releases().get(0).standing()).isEqualTo(Standing.BLOCKED);
    assertThat(told.releases().get(0).blockedBy()).contains("2.0");
    assertThat(effect(told, 1)).isEqualTo(Effect.BLOCKS);
  }

  @Test
  void aFloorSaysWhyItDoesNotBind() {
    assertThat(effect(explain(installed("3.0"), release("2.0").floorBefore("9.0")), 0))
        .isEqualTo(Effect.PASSED);
    assertThat(effect(explain(installed("1.5"), release("2.0").floorBefore("1.0")), 0))
        .isEqualTo(Effect.OTHER_VERSIONS);
    assertThat(effect(explain(installed("2.0"), release("2.0").floorBefore("9.0")), 0))
        .isEqualTo(Effect.INSTALLED);
    assertThat(effect(explain(installed("1.0"), release("2.0").floorBefore("2.0").on("beta")), 0))
        .isEqualTo(Effect.LEFT_OUT);
    assertThat(effect(explain(installed("1.0"), release("2.0").floorBefore("2.0").withdrawn()), 0))
        .isEqualTo(Effect.BLOCKS_UNLESS_REPLACED);
  }

  @Test
  void aDowngradeIsNewsOnlyWhereARuleAllowsIt() {
    Explanation told =
        explain(
            installed("3.0"),
            release("2.0").forRules(rule("back").from("3.0").mayGoDown()),
            release("1.0"),
            release("3.0").withdrawn());

    assertThat(told.releases())
        .extracting(OfRelease::standing)
        .containsExactly(Standing.INSTALLED, Standing.OFFERED, Standing.NO_DOWNGRADE);
  }

  @Test
  void aWayDownThatAFloorBlocksIsToldAsThat() {
    Explanation told =
        explain(
            installed("3.0"),
            release("2.0")
                .floorFor(
                    new VersionRange(Optional.of("3.0"), Optional.empty(), Optional.of("4.0")))
                .forRules(rule("down").mayGoDown())
                .counting(1),
            release("2.5").forRules(rule("back").priority(5).mayGoDown()),
            release("3.0"));

    assertThat(told.releases())
        .filteredOn(r -> r.release().version().equals("2.5"))
        .singleElement()
        .satisfies(r -> assertThat(r.via()).contains("2.0"));
  }

  @Test
  void ofAVersionThatCannotBeReadNoReleaseIsTold() {
    Explanation told = explain(installed("what"), release("2.0"));

    assertThat(told.verdict().decision())
        .isEqualTo(new UpdateDecision.HeldBack(Refusal.UNKNOWN_VERSION));
    assertThat(told.releases()).isEmpty();
  }

  private static Effect effect(Explanation told, int position) {
    return told.releases().get(position).floor().orElseThrow().effect();
  }

  private static Explanation explain(SampleFacts facts, SampleRelease... releases) {
    return Explanation.of(compiled(releases), CHANNELS, facts.build(), NOW, Duration.ZERO);
  }

  private static ProductReleases compiled(SampleRelease... releases) {
    return ProductReleases.of(
        SampleProduct.product("archer").build(),
        Arrays.stream(releases).map(SampleRelease::build).toList());
  }
}
