package io.towncrier.outcomes.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 10,000 routers in three phases over 200 seeds; started by bench/outcomes. */
@Tag("bench")
class SimulatedRolloutBench {
  private static final int SEEDS = 200;

  @Test
  void haltsAndPromotionsOverTwoHundredSeeds() {
    long four = halted(0.04);
    long ten = halted(0.10);
    long two = halted(0.02);
    List<SimulatedRollout> good = runs(0.02);
    long promoted = good.stream().filter(r -> r.phase() == 2).count();
    long early =
        runs(0.10).stream().filter(r -> r.isHalted() && r.figures().judged() <= 200).count();
    System.out.printf(
        "halted at 4 %%: %d, at 10 %%: %d, at 2 %%: %d; at 2 %% promoted to the end: %d; "
            + "at 10 %% halted with at most 200 ended: %d; of %d%n",
        four, ten, two, promoted, early, SEEDS);
    assertThat(four).isGreaterThanOrEqualTo(190);
    assertThat(ten).isEqualTo(SEEDS);
    assertThat(two).isLessThanOrEqualTo(2);
  }

  private static long halted(double failing) {
    return runs(failing).stream().filter(SimulatedRollout::isHalted).count();
  }

  private static List<SimulatedRollout> runs(double failing) {
    return LongStream.range(0, SEEDS)
        .parallel()
        .mapToObj(
            seed -> new SimulatedRollout(seed, 10_000, failing, 0, true).run(Duration.ofDays(30)))
        .toList();
  }
}
