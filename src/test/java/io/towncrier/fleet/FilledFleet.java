package io.towncrier.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * A made-up fleet, and what it took to make: 60 % phones of one app, 40 % routers of many products.
 */
record FilledFleet(
    double countedSeconds, double indexedSeconds, double withTriggerMicros, double withoutMicros) {
  private static final int TRIED = 50_000;

  private static final String INSERT =
      """
      INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
        identifier_index, secret_index, registered_at, last_seen_on, revision)
      SELECT 'dev_' || lpad(to_hex(n), 26, '0'),
        CASE WHEN n %% 5 < 3 THEN 'PHONE' ELSE 'ROUTER' END,
        CASE WHEN n %% 5 < 3 THEN 'router-app-android' ELSE 'model-' || mixed %% %3$d END,
        CASE WHEN n %% 5 < 3 THEN '3.' || mixed %% 20 ELSE '1.' || mixed %% 5 END,
        (ARRAY['DE','FR','IT','ES','PL','GB','US','BR','IN','CN'])[1 + mixed %% 10],
        (ARRAY['Europe/Berlin','Europe/Paris','Europe/Rome','Europe/Madrid','Europe/Warsaw',
          'Europe/London','America/New_York','America/Sao_Paulo','Asia/Kolkata','Asia/Shanghai'])
          [1 + mixed %% 10],
        (ARRAY['de','fr','it','es','pl','en','en-US','pt-BR','hi','zh-Hans'])
          [1 + (mixed + n / 7 %% 3) %% 10],
        CASE WHEN n %% 50 = 0 THEN 'candidate' ELSE 'stable' END,
        decode(md5(n::text), 'hex'), '\\x00', now(), DATE '2026-11-30' - (mixed %% 330)::int, 0
      FROM (
        SELECT n, ('x' || substr(md5(n::text), 1, 7))::bit(28)::int AS mixed
        FROM generate_series(%1$d, %2$d) AS n) AS made
      """;

  /** Without the trigger first, and counted as the migration does. */
  static FilledFleet of(int devices, int products) throws SQLException {
    List<String> migration = migration();
    try (Connection connection = FleetRows.connect();
        Statement sql = connection.createStatement()) {
      sql.execute("TRUNCATE fleet_count, fleet_change");
      sql.execute("DELETE FROM device");
      for (String name : List.of("version", "country", "last_seen")) {
        sql.execute("DROP INDEX device_by_" + name);
      }
      sql.execute("DROP INDEX device_counting");
      sql.execute("SET session_replication_role = replica");
      sql.execute(INSERT.formatted(1, devices, products));
      sql.execute("VACUUM ANALYZE device");
      double counted = seconds(sql, migration.get(0));
      double indexed = 0;
      for (String statement : migration) {
        indexed += statement.contains("CREATE INDEX") ? seconds(sql, statement) : 0;
      }
      double without = tried(sql, devices, products);
      sql.execute("SET session_replication_role = origin");
      double with = tried(sql, devices, products);
      sql.execute("VACUUM ANALYZE device, fleet_count");
      return new FilledFleet(counted, indexed, with, without);
    }
  }

  /** A transaction that is rolled back; microseconds for each device. */
  private static double tried(Statement sql, int from, int products) throws SQLException {
    sql.execute("BEGIN");
    double seconds = seconds(sql, INSERT.formatted(from + 1, from + TRIED, products));
    sql.execute("ROLLBACK");
    return seconds * 1e6 / TRIED;
  }

  private static double seconds(Statement sql, String statement) throws SQLException {
    long begun = System.nanoTime();
    sql.execute(statement);
    return (System.nanoTime() - begun) / 1e9;
  }

  private static List<String> migration() {
    try (InputStream in =
        FilledFleet.class.getResourceAsStream("/db/migration/V28__fill_fleet_counts.sql")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // A comment may have a semicolon.
      String statements = text.replaceAll("(?m)^--.*$", "");
      return Arrays.stream(statements.split(";", -1)).map(String::strip).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
