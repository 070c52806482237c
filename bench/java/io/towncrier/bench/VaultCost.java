package io.towncrier.bench;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@code VaultBenchmark}, and holds the opening of a push address to 3 us. */
final class VaultCost {
  private VaultCost() {}

  public static void main(String... args) throws RunnerException {
    double nanos =
        new Runner(new OptionsBuilder().include("VaultBenchmark").build())
            .run()
            .iterator()
            .next()
            .getPrimaryResult()
            .getScore();
    Figures.atMost("push address opened", nanos / 1000, 3, "us");
  }
}
