package io.towncrier.updates.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.targeting.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The decision against its naive telling, over fleets that chance made. */
class OracleTest {
  private static final int ENOUGH = 100;
  private static final Comparison SAMPLE = Comparison.of(0, 100_000);

  @Test
  void aHundredThousandChecksAreAnsweredAsTheNaiveDecisionDoes() {
    assertThat(SAMPLE.mismatches()).isEmpty();
    assertThat(SAMPLE.broken()).as("promises that hold whatever the oracle says").isEmpty();
  }

  /** What only a registered device is told: no gate says it, {@code outcomes} does. */
  private static final Set<Refusal> OF_DEVICES =
      EnumSet.of(
          Refusal.RETRY_LATER,
          Refusal.ATTEMPTS_USED_UP,
          Refusal.AWAITING_RESTART,
          Refusal.POSTPONED_BY_OWNER,
          Refusal.REJECTED_BY_OWNER,
          Refusal.DOWNLOAD_BUDGET);

  @Test
  void theSampleLeavesNothingOut() {
    assertThat(SAMPLE.seen())
        .containsKeys(
            Stream.concat(
                    Arrays.stream(Refusal.values())
                        .filter(refusal -> !OF_DEVICES.contains(refusal))
                        .map(Refusal::code),
                    Comparison.OUTCOMES.stream())
                .toArray(String[]::new))
        .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThanOrEqualTo(ENOUGH));
  }

  /** Run by bench/oracle alone. */
  @Test
  @Tag("bench")
  void asManyChecksAsTheBenchAsksForAreAnsweredAsTheNaiveDecisionDoes() {
    int checks = Integer.getInteger("oracle.checks", 10_000_000);
    // Other fleets than those of the suite.
    long seed = Long.getLong("oracle.seed", 1L << 32);
    Instant start = Instant.now();

    Comparison comparison = Comparison.of(seed, checks);

    System.out.print(comparison.table(checks, seed, Duration.between(start, Instant.now())));
    assertThat(comparison.mismatches()).isEmpty();
    assertThat(comparison.broken()).isEmpty();
  }
}
