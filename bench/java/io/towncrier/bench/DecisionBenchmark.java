package io.towncrier.bench;

import io.towncrier.releases.Channels;
import io.towncrier.updates.decision.DecideUpdate;
import io.towncrier.updates.decision.DecidedUpdate;
import io.towncrier.updates.snapshots.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The pure decision: 2,000 products, 20 releases each, 5 rules each; 10,000 clients in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class DecisionBenchmark {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration MARGIN = Duration.ofMinutes(2);
  private static final int CLIENTS = 10_000;

  private Snapshot snapshot;
  private Channels channels;
  private GeneratedClients.Client[] clients;
  private int next;

  @Setup
  public void prepare() {
    GeneratedCatalogue catalogue = GeneratedCatalogue.of(2000, 1, NOW);
    snapshot = Snapshot.of(catalogue.content());
    channels = snapshot.channels();
    List<GeneratedClients.Client> all = GeneratedClients.of(catalogue, CLIENTS);
    clients = all.toArray(GeneratedClients.Client[]::new);
  }

  /** Finding the product is part of it: two thousand do not fit into a cache. */
  @Benchmark
  public DecidedUpdate decide() {
    GeneratedClients.Client client = clients[next];
    next = next + 1 == CLIENTS ? 0 : next + 1;
    return DecideUpdate.BY_ALL_GATES.decide(
        snapshot.of(client.product()).orElseThrow(), channels, client.facts(), NOW, MARGIN);
  }
}
