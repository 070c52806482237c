package io.towncrier.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;

/**
 * From the command to the first answered check, with a directory that holds 40,000 releases and a
 * million devices; beside the first answer of a Quarkus server that does nothing.
 */
final class StartCost {
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final int DEVICES = Integer.getInteger("devices", 1_000_000);
  private static final Path EMPTY =
      Path.of("bench/empty-server/target/quarkus-app/quarkus-run.jar");

  private static final String ADD_DEVICES =
      """
      INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
        secret_index, registered_at, last_seen_on, revision)
      SELECT 'dev_' || lpad(to_hex(number), 26, '0'), 'ROUTER', 'none', '1', 'DE', 'Europe/Berlin',
        'de', 'stable', '\\x00', now(), current_date, 0
      FROM generate_series(1, %d) AS number
      """;

  private StartCost() {}

  public static void main(String... args) throws Exception {
    GeneratedCatalogue catalogue = GeneratedCatalogue.of(100, 20, Instant.now());
    String check = GeneratedClients.of(catalogue, 1).get(0).path();
    Path directory = BenchServer.newDirectory();
    try (BenchServer server = BenchServer.start(directory)) {
      server.load(catalogue);
      try (Connection connection = DriverManager.getConnection(server.databaseUrl());
          Statement statement = connection.createStatement()) {
        statement.execute(ADD_DEVICES.formatted(DEVICES));
      }
    }
    double[] empty = new double[ROUNDS];
    double[] cpu = new double[ROUNDS];
    double[] wall = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      try (BenchServer server = BenchServer.launch(EMPTY, BenchServer.newDirectory())) {
        server.awaitAnswer("/v1/about");
        empty[round] = server.cpuSeconds();
      }
      long start = System.nanoTime();
      try (BenchServer server = BenchServer.launch(BenchServer.OURS, directory)) {
        server.awaitAnswer(check);
        wall[round] = (System.nanoTime() - start) / 1e9;
        cpu[round] = server.cpuSeconds();
      }
    }
    Figures.note("start of an empty Quarkus, CPU", Figures.number(median(empty)) + " s");
    Figures.note("start of the server, CPU of its JVM", Figures.number(median(cpu)) + " s");
    Figures.atMost("from the command to the first check", median(wall), 5, "s");
    Figures.atMost("CPU to get there, of the empty one's", median(cpu) / median(empty), 2.5, "x");
  }

  private static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
