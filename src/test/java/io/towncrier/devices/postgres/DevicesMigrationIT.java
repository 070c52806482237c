package io.towncrier.devices.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What devices of the schema before become, and what instances of the version before still do. */
@Tag("zoneless")
class DevicesMigrationIT {
  private static final String LINKS =
      "SELECT device_id || ' ' || account_id FROM device_account ORDER BY 1";

  private static final String FACTS =
      """
      SELECT id || ' ' || coalesce(country, '-') || ' ' || coalesce(time_zone, '-') || ' '
        || coalesce(language, '-') || ' ' || counter_unreadable
      FROM device ORDER BY 1
      """;

  @Test
  void linksAreCarriedOverAndThoseOfTheVersionBeforeAreFollowed() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      migrate(postgres, "1");
      sql.execute(
          """
          INSERT INTO account (id, subject_index, subject_sealed, created_at)
          SELECT id, id::bytea, '', now() FROM unnest(ARRAY['acc_a', 'acc_b']) AS made (id)
          """);
      add(sql, "dev_1", "'acc_a'");
      add(sql, "dev_2", "NULL");

      migrate(postgres, "latest");
      assertThat(texts(sql, LINKS)).containsExactly("dev_1 acc_a");

      add(sql, "dev_3", "'acc_b'");
      sql.execute("UPDATE device SET account_id = 'acc_b' WHERE id = 'dev_1'");
      sql.execute("UPDATE device SET account_id = 'acc_a' WHERE id = 'dev_2'");
      assertThat(texts(sql, LINKS)).containsExactly("dev_1 acc_b", "dev_2 acc_a", "dev_3 acc_b");
      sql.execute("UPDATE device SET account_id = NULL WHERE id = 'dev_2'");
      sql.execute("DELETE FROM device WHERE id = 'dev_3'");
      assertThat(texts(sql, LINKS)).containsExactly("dev_1 acc_b");
    }
  }

  /** V12: what a device did not say, or what could not be read of it, is null from then on. */
  @Test
  void factsMayBeUnknownFromThenOnAndThoseThatAreKnownStay() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      migrate(postgres, "11");
      add(sql, "dev_before", "NULL");
      for (String fact : List.of("country", "time_zone", "language")) {
        assertThatThrownBy(() -> forget(sql, "dev_before", fact))
            .as(fact)
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("null value");
      }

      migrate(postgres, "12");
      assertThat(texts(sql, FACTS)).containsExactly("dev_before DE UTC en false");
      add(sql, "dev_after", "NULL");
      for (String fact : List.of("country", "time_zone", "language")) {
        forget(sql, "dev_after", fact);
      }
      assertThat(texts(sql, FACTS))
          .containsExactly("dev_after - - - false", "dev_before DE UTC en false");
      assertThatThrownBy(() -> forget(sql, "dev_after", "version"))
          .as("the version is always known")
          .isInstanceOf(SQLException.class);

      migrate(postgres, "latest");
      assertThat(texts(sql, FACTS))
          .containsExactly("dev_after - - - false", "dev_before DE UTC en false");
    }
  }

  private static void forget(Statement sql, String device, String fact) throws SQLException {
    sql.execute("UPDATE device SET " + fact + " = NULL WHERE id = '" + device + "'");
  }

  private static void migrate(EmbeddedPostgres postgres, String target) {
    Flyway.configure(DevicesMigrationIT.class.getClassLoader())
        .dataSource(postgres.getPostgresDatabase())
        .target(target)
        .load()
        .migrate();
  }

  private static void add(Statement sql, String device, String account) throws SQLException {
    sql.execute(
        """
        INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
          secret_index, account_id, registered_at, last_seen_on, revision)
        VALUES ('%s', 'ROUTER', 'p', '1', 'DE', 'UTC', 'en', 'stable', '', %s, now(),
          current_date, 0)
        """
            .formatted(device, account));
  }

  private static List<String> texts(Statement sql, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
