package io.towncrier.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * The statements that PostgreSQL itself has counted (pg_stat_statements), those that begin and end
 * transactions among them: no code of ours can forget to tell of one.
 *
 * @param calls text to how often it was executed
 * @param rows how many rows they gave or changed, all together
 */
public record SeenStatements(Map<String, Long> calls, long rows) {
  private static final String COUNTED =
      """
      SELECT regexp_replace(trim(seen.query), '\\s+', ' ', 'g'), seen.calls, seen.rows
      FROM pg_stat_statements AS seen
      JOIN pg_database AS here ON here.oid = seen.dbid AND here.datname = current_database()
      WHERE seen.query NOT LIKE '%pg_stat_statements%'
      """;

  /** Of the whole database, while the work is done. */
  public static SeenStatements during(Runnable work) {
    try (Connection connection = Sql.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
      statement.execute("SELECT pg_stat_statements_reset()");
      work.run();
      Map<String, Long> calls = new TreeMap<>();
      long rows = 0;
      try (ResultSet counted = statement.executeQuery(COUNTED)) {
        while (counted.next()) {
          calls.merge(counted.getString(1), counted.getLong(2), Long::sum);
          rows += counted.getLong(3);
        }
      }
      return new SeenStatements(calls, rows);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** How many transactions were begun; a statement by itself is none of them. */
  public long transactions() {
    return calls.getOrDefault("BEGIN", 0L);
  }

  /** All but those that begin and end transactions. */
  public long statements() {
    return calls.entrySet().stream()
        .filter(seen -> !seen.getKey().equals("BEGIN") && !seen.getKey().equals("COMMIT"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How often a statement with this text in it was executed. */
  public long callsOf(String text) {
    return calls.entrySet().stream()
        .filter(seen -> seen.getKey().contains(text))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
