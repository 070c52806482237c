package io.towncrier.notices;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.StillWanted.Answer;
import io.towncrier.preferences.Suppression;
import io.towncrier.releases.Channels;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.SampleFacts;
import io.towncrier.updates.decision.ProductReleases;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StillOfferedTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Channels CHANNELS = new Channels(List.of("stable", "beta"));

  @Test
  void whatACheckOffersIsWanted() {
    assertThat(of(installed("1.0"), release("2.0"))).isEqualTo(new Answer.Wanted());
  }

  @Test
  void whoHasTheVersionOrANewerOneHasUpdated() {
    assertThat(of(installed("2.0"), release("2.0"))).isEqualTo(unwanted("UPDATED_MEANWHILE"));
    assertThat(of(installed("3.0"), release("3.0"), release("2.0")))
        .isEqualTo(unwanted("UPDATED_MEANWHILE"));
    assertThat(of(installed("2.0"), halted("2.0"))).isEqualTo(unwanted("UPDATED_MEANWHILE"));
  }

  @Test
  void fromWhomItIsHeldBackForNowWaits() {
    assertThat(of(installed("1.0"), halted("2.0"))).isEqualTo(new Answer.HeldBack());
    assertThat(of(installed("1.0"), halted("2.0"), release("1.5")))
        .isEqualTo(new Answer.HeldBack());
    assertThat(of(installed("1.0"), release("2.0").rolledOutTo(0)))
        .isEqualTo(new Answer.HeldBack());
    assertThat(of(installed("1.0"), release("2.0").publishedAt("2026-05-01T12:00:01Z")))
        .isEqualTo(new Answer.HeldBack());
  }

  @Test
  void aFloorThatComesBeforeItHoldsItBack() {
    assertThat(of(installed("1.0"), release("2.0"), release("1.5").floorBefore("1.5")))
        .isEqualTo(new Answer.HeldBack());
  }

  @Test
  void whatWasTakenBackIsWithdrawn() {
    assertThat(of(installed("1.0"), release("2.0").withdrawn())).isEqualTo(unwanted("WITHDRAWN"));
    assertThat(of(installed("1.0"), release("2.0").withdrawn(), release("3.0")))
        .isEqualTo(unwanted("WITHDRAWN"));
  }

  @Test
  void whatIsForOthersOrGoesBehindAnotherIsNoLongerOffered() {
    assertThat(of(installed("1.0"), release("2.0"), release("3.0")))
        .isEqualTo(unwanted("NO_LONGER_OFFERED"));
    assertThat(of(installed("1.0"), release("2.0").on("beta")))
        .isEqualTo(unwanted("NO_LONGER_OFFERED"));
    assertThat(of(installed("1.0").in("FR"), halted("2.0").deniedIn("FR")))
        .isEqualTo(unwanted("NO_LONGER_OFFERED"));
    assertThat(of(installed("1.0"), release("4.0"))).isEqualTo(unwanted("NO_LONGER_OFFERED"));
  }

  private static SampleRelease halted(String version) {
    return release(version).rollout(Rollout.FULL.halted(NOW.minusSeconds(1)));
  }

  private static Answer unwanted(String reason) {
    return new Answer.Unwanted(Suppression.valueOf(reason));
  }

  private static Answer of(SampleFacts facts, SampleRelease... releases) {
    return StillOffered.answer(
        ProductReleases.of(
            SampleProduct.product("app").build(),
            Arrays.stream(releases).map(SampleRelease::build).toList()),
        CHANNELS,
        facts.build(),
        "2.0",
        NOW);
  }
}
