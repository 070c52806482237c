package io.towncrier.updates.preview;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UncountedTest {
  private static final String PUBLISHED = "2026-05-01T00:00:00Z";
  private static final Instant AT = Instant.parse("2026-05-03T00:00:00Z");

  @Test
  void rulesOnFactsThatAreCountedAskForNoOther() {
    assertThat(
            matters(
                release("1.0").deniedIn("FR"),
                release("2.0")
                    .on("candidate")
                    .forRules(rule("r").in("DE").speaking("de").before("2.0").mayGoDown())))
        .isFalse();
  }

  @Test
  void rulesOnASingleDeviceDo() {
    for (var one :
        List.of(
            rule("r").onHardware("v2"),
            rule("r").onlyCohorts("c"),
            rule("r").onlyDevices("dev_1"),
            rule("r").exceptCohorts("c"),
            rule("r").exceptDevices("dev_1"))) {
      assertThat(matters(release("1.0"), release("2.0").forRules(rule("all"), one))).isTrue();
    }
    assertThat(matters(release("1.0").counting(3))).isTrue();
  }

  @Test
  void aRolloutAsksForTheCohortWhileSomeAreInAndOthersAreNot() {
    assertThat(matters(release("2.0").rollout(phases(0, 96)))).isFalse();
    assertThat(matters(release("2.0").rollout(phases(2_500, 96)))).isTrue();
    assertThat(matters(release("2.0").rollout(phases(2_500, 24)))).isFalse();
    assertThat(matters(release("2.0").rollout(phases(2_500, 96).halted(AT)))).isFalse();
    assertThat(matters(release("2.0").rollout(phases(2_500, 96)).draft())).isFalse();
  }

  private static boolean matters(SampleRelease... releases) {
    return Uncounted.matters(
        List.of(releases).stream().map(r -> r.publishedAt(PUBLISHED).build()).toList(), AT);
  }

  /** So many buckets first, and everybody after these hours. */
  private static Rollout phases(int buckets, int hours) {
    return new Rollout(
        List.of(
            new Phase(buckets, Optional.empty(), Duration.ofHours(hours)),
            new Phase(10_000, Optional.empty(), Duration.ZERO)),
        Optional.empty(),
        Rollout.State.RUNNING,
        Optional.empty(),
        Duration.ZERO);
  }
}
