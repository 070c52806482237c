package io.towncrier.bench;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link DecisionBenchmark} and holds it to 2 us and 1 KB. */
final class DecisionCost {
  private DecisionCost() {}

  public static void main(String... args) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(DecisionBenchmark.class.getSimpleName())
            .addProfiler(GCProfiler.class)
            .build();
    RunResult run = new Runner(options).run().iterator().next();
    Figures.atMost("pure decision", run.getPrimaryResult().getScore() / 1000, 2, "us");
    Result<?> allocated =
        run.getSecondaryResults().entrySet().stream()
            .filter(e -> e.getKey().endsWith("gc.alloc.rate.norm"))
            .findFirst()
            .orElseThrow()
            .getValue();
    Figures.atMost("allocated by it", allocated.getScore(), 1024, "bytes");
  }
}
