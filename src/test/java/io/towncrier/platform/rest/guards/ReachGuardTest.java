package io.towncrier.platform.rest.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.ProblemException;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReachGuardTest {
  private static final Instant NOW = Instant.parse("2026-05-04T08:00:00Z");

  @Test
  void fivePercentMoreIsLetThroughAndNoDeviceMore() {
    assertThat(ReachGuard.hasGrown(100, 105)).isFalse();
    assertThat(ReachGuard.hasGrown(100, 106)).isTrue();
    assertThat(ReachGuard.hasGrown(0, 0)).isFalse();
    assertThat(ReachGuard.hasGrown(0, 1)).isTrue();
    assertThat(ReachGuard.hasGrown(120_000, 126_000)).isFalse();
    assertThat(ReachGuard.hasGrown(120_000, 126_001)).isTrue();
    assertThat(ReachGuard.hasGrown(100, 3)).isFalse();
  }

  @Test
  void whatHasGrownIsRefusedWithTheNumberOfNow() {
    assertThatThrownBy(() -> ReachGuard.check(OptionalLong.of(10), 11, NOW))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().code()).isEqualTo("reach-has-grown");
              assertThat(refused.problem().current()).contains(new ReachGuard.ReachNow(11, NOW));
            });
    assertThatCode(() -> ReachGuard.check(OptionalLong.empty(), 11, NOW))
        .doesNotThrowAnyException();
  }
}
