package io.towncrier.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Devices that were there before count as well, also those that are changed while they are counted.
 */
@Tag("zoneless")
class FleetMigrationIT {
  @Test
  void theCountsAreFilledFromTheDevicesThatAreThere() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      migrate(postgres, "23");
      String changed = FleetRows.add(sql, "p", "1");
      String revoked = FleetRows.add(sql, "p", "1");
      String deleted = FleetRows.add(sql, "p", "1");
      FleetRows.add(sql, "p", "1");
      sql.execute("UPDATE device SET revoked_at = now() WHERE id = '" + revoked + "'");

      migrate(postgres, "27");
      // Between the two, as instances of the version before go on.
      sql.execute("UPDATE device SET version = '2', country = NULL WHERE id = '" + changed + "'");
      sql.execute("DELETE FROM device WHERE id = '" + deleted + "'");
      FleetRows.add(sql, "p", "1");
      assertThat(FleetRows.differences(sql)).isNotEmpty();

      try (Connection another = postgres.getPostgresDatabase().getConnection();
          Statement open = another.createStatement()) {
        another.setAutoCommit(false);
        FleetRows.add(open, "p", "3");
        migrateBesideAWriter(postgres, another);
        assertThat(FleetRows.differences(sql)).isEmpty();
      }
      assertThat(FleetRows.differences(sql)).isEmpty();
    }
  }

  /** Its indexes wait for the writer, whose change is then noted and not counted twice. */
  private static void migrateBesideAWriter(EmbeddedPostgres postgres, Connection writer)
      throws Exception {
    Thread migrating = new Thread(() -> migrate(postgres, "28"));
    migrating.start();
    try (Connection watching = postgres.getPostgresDatabase().getConnection();
        Statement sql = watching.createStatement()) {
      while (!waits(sql)) {
        Thread.onSpinWait();
      }
    }
    writer.commit();
    migrating.join();
  }

  private static boolean waits(Statement sql) throws SQLException {
    try (var rows =
        sql.executeQuery(
            """
            SELECT 1 FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND query LIKE '%CREATE INDEX%'
            """)) {
      return rows.next();
    }
  }

  private static void migrate(EmbeddedPostgres postgres, String target) {
    Flyway.configure(FleetMigrationIT.class.getClassLoader())
        .dataSource(postgres.getPostgresDatabase())
        .target(target)
        .load()
        .migrate();
  }
}
