package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.Halt;
import io.towncrier.releases.Channels;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.Severity;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.SampleFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Offers while they are halted for the whole cell. */
class HaltedOffersTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant SINCE = NOW.minus(Duration.ofHours(3));
  private static final Halt ALL = Halt.NONE.halted(false, SINCE);
  private static final Halt ALL_BUT_SECURITY = Halt.NONE.halted(true, SINCE);
  private static final Rollout STEPS =
      Rollout.FULL.with(
          List.of(
              new Phase(0, Optional.empty(), Duration.ofHours(2)),
              new Phase(10_000, Optional.empty(), Duration.ZERO)));

  @Test
  void everyOfferIsHeldBackAlsoByHandAndOfWhatHasLongBeenOut() {
    assertThat(decide(ALL, release("2.0"), release("1.5"))).isEqualTo("held back: stopped");
    assertThat(decide(ALL, release("2.0").of(Severity.SECURITY))).isEqualTo("held back: stopped");
    DecidedUpdate byHand = verdict(ALL, installed("1.0").askedByHand(), release("2.0"));
    assertThat(Summary.of(byHand.decision())).isEqualTo("held back: stopped");
  }

  @Test
  void whoHasTheNewestHearsNothingOfIt() {
    assertThat(decide(ALL, release("1.0"))).isEqualTo("up to date");
    assertThat(decide(ALL)).isEqualTo("up to date");
  }

  @Test
  void aSecretStaysOne() {
    assertThat(decide(ALL, release("2.0").publishedAt("2026-05-02T00:00:00Z")))
        .isEqualTo("up to date");
    Phase tomorrow =
        new Phase(10_000, Optional.of(Instant.parse("2026-05-02T00:00:00Z")), Duration.ZERO);
    assertThat(decide(ALL, release("2.0").rollout(Rollout.FULL.with(List.of(tomorrow)))))
        .isEqualTo("up to date");
    assertThat(decide(ALL, release("2.0").withdrawn())).isEqualTo("up to date");
    assertThat(decide(ALL, release("2.0").on("beta"))).isEqualTo("up to date");
  }

  @Test
  void securityGoesOnWithTheStepsThatItNeeds() {
    SampleRelease security = release("3.0").of(Severity.SECURITY);
    assertThat(decide(ALL_BUT_SECURITY, release("4.0"), security)).isEqualTo("3.0");
    assertThat(decide(ALL_BUT_SECURITY, release("2.0").floorBefore("2.0"), security))
        .isEqualTo("2.0 on the way to 3.0");
    assertThat(decide(ALL, release("2.0").floorBefore("2.0"), security))
        .isEqualTo("held back: stopped");
  }

  @Test
  void phasesDoNotBeginMeanwhileAndNoneIsForetold() {
    SampleRelease stepwise = release("2.0").publishedAt(SINCE.minusSeconds(60).toString());
    DecidedUpdate halted = verdict(ALL, installed("1.0").ofCohort("c"), stepwise.rollout(STEPS));
    assertThat(Summary.of(halted.decision())).isEqualTo("held back: outside-rollout");
    assertThat(halted.changesAt()).isEmpty();
    assertThat(decide(Halt.NONE, stepwise.rollout(STEPS))).isEqualTo("2.0");
  }

  @Test
  void ofTheTimeBeforeTheHaltNothingChanges() {
    Halt later = Halt.NONE.halted(false, NOW.plusSeconds(1));
    assertThat(decide(later, release("2.0"))).isEqualTo("2.0");
    assertThat(decide(Halt.NONE.halted(false, NOW), release("2.0")))
        .isEqualTo("held back: stopped");
  }

  private static String decide(Halt halt, SampleRelease... releases) {
    UpdateDecision decision = verdict(halt, installed("1.0").ofCohort("c"), releases).decision();
    if (decision instanceof UpdateDecision.Offer offer) {
      String next = offer.release().version();
      String target = offer.target().version();
      return next.equals(target) ? next : next + " on the way to " + target;
    }
    return Summary.of(decision);
  }

  private static DecidedUpdate verdict(Halt halt, SampleFacts facts, SampleRelease... releases) {
    ProductReleases compiled =
        ProductReleases.of(
                SampleProduct.product("archer").build(),
                Arrays.stream(releases).map(SampleRelease::build).toList())
            .under(halt);
    return DecideUpdate.BY_ALL_GATES.decide(
        compiled, new Channels(List.of("stable", "beta")), facts.build(), NOW, Duration.ZERO);
  }
}
