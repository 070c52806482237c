package io.towncrier.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/** How many statements the database sees while 100,000 checks are answered: none. */
final class StatementCount {
  private static final int CHECKS = 100_000;
  private static final int SECONDS = 5;

  private StatementCount() {}

  public static void main(String... args) throws Exception {
    GeneratedCatalogue catalogue = GeneratedCatalogue.of(2, 1, Instant.now());
    List<String> checks =
        GeneratedClients.of(catalogue, 1000).stream().map(GeneratedClients.Client::path).toList();
    Path directory = BenchServer.newDirectory();
    try (BenchServer first = BenchServer.start(directory)) {
      first.load(catalogue);
    }
    BenchServer.countStatements(directory);
    try (BenchServer server = BenchServer.start(directory);
        Connection database = DriverManager.getConnection(server.databaseUrl());
        Statement statement = database.createStatement()) {
      statement.execute("CREATE EXTENSION pg_stat_statements");
      Wrk.run(server.port(), checks, 2);
      statement.execute("SELECT pg_stat_statements_reset()");
      // It must be seen that the count would see something.
      statement.execute("SELECT 1");
      long answered = 0;
      while (answered < CHECKS) {
        answered += Wrk.run(server.port(), checks, SECONDS).requests();
      }
      Figures.note("checks counted over", Figures.number(answered));
      Figures.atMost("in pg_stat_statements", count(statement), 0, "statements");
    }
  }

  private static long count(Statement statement) throws SQLException {
    long own = 0;
    long others = 0;
    try (ResultSet seen =
        statement.executeQuery("SELECT query, calls FROM pg_stat_statements ORDER BY calls DESC")) {
      while (seen.next()) {
        String query = seen.getString("query");
        if (query.equals("SELECT $1")) {
          own += seen.getLong("calls");
        } else if (!query.contains("pg_stat_statements_reset")) {
          others += seen.getLong("calls");
          System.out.printf("  (%d x %s)%n", seen.getLong("calls"), query.replaceAll("\\s+", " "));
        }
      }
    }
    if (own != 1) {
      throw new IllegalStateException("the database does not count statements");
    }
    return others;
  }
}
