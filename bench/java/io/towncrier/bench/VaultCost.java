package io.towncrier.bench;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@code VaultBenchmark}. A warm read or write of a sealed value adds at most 10 us; a push
 * opens its address in 3 us.
 */
final class VaultCost {
  private static final double MOST_OF_A_PUSH = 3;
  private static final double MOST = 10;

  private VaultCost() {}

  public static void main(String... args) throws RunnerException {
    for (RunResult result :
        new Runner(new OptionsBuilder().include("VaultBenchmark").build()).run()) {
      String what = result.getParams().getBenchmark().replaceAll(".*\\.", "");
      Figures.atMost(
          "push address, %s, keys %s".formatted(what, result.getParams().getParam("keys")),
          result.getPrimaryResult().getScore() / 1000,
          what.equals("open") ? MOST_OF_A_PUSH : MOST,
          "us");
    }
  }
}
