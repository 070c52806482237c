package io.towncrier.fleet;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** Devices and their counts, behind the back of the service. */
final class FleetRows {
  // Counted and real in one statement, so at one moment.
  private static final String DIFFERENCES =
      """
      WITH counted AS (
        SELECT product_id, version, country, time_zone, language, channel, kind,
          sum(devices)::bigint AS devices
        FROM fleet_now GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(devices) <> 0
      ), registered AS (
        SELECT product_id, version, coalesce(country, ''), coalesce(time_zone, ''),
          coalesce(language, ''), channel, kind, count(*)
        FROM device WHERE revoked_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
      )
      SELECT 'counted ' || wrong::text FROM (TABLE counted EXCEPT TABLE registered) AS wrong
      UNION ALL
      SELECT 'registered ' || wrong::text FROM (TABLE registered EXCEPT TABLE counted) AS wrong
      """;

  private FleetRows() {}

  static Connection connect() throws SQLException {
    String url =
        ConfigProvider.getConfig().getValue("quarkus.datasource.reactive.url", String.class);
    return DriverManager.getConnection("jdbc:" + url, "postgres", "postgres");
  }

  /** Groups that are counted otherwise than they are. */
  static List<String> differences() throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      return differences(sql);
    }
  }

  static List<String> differences(Statement sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (ResultSet rows = sql.executeQuery(DIFFERENCES)) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  static long number(String query) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Adds a router in Germany; its id. */
  static String add(Statement sql, String product, String version) throws SQLException {
    String id = "dev_" + UUID.randomUUID().toString().replace("-", "").substring(0, 26);
    sql.execute(
        """
        INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
          secret_index, registered_at, last_seen_on, revision)
        VALUES ('%s', 'ROUTER', '%s', '%s', 'DE', 'Europe/Berlin', 'de', 'stable', '\\x00',
          now(), current_date, 0)
        """
            .formatted(id, product, version));
    return id;
  }
}
