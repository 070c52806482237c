package io.towncrier.releases.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database of the version before, and what its upgrade says of it. */
@Tag("zoneless")
class ListReorderedIT {
  private static final Logger LOG = Logger.getLogger(ListReordered.class.getName());

  @Test
  void anUpgradeListsTheProductsWhoseOrderChangedOnceAndNoOther() throws SQLException, IOException {
    Said said = new Said();
    LOG.addHandler(said);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      migrate(postgres, "11");
      product(sql, "hotfixed", "NATURAL", "{}", "4.1", "4.1a");
      product(sql, "ranged", "NATURAL", "{\"floorFor\": {\"before\": \"7.0-a\"}}", "7.0", "8.0");
      product(
          sql,
          "ruled",
          "NATURAL",
          "{\"rules\": [{\"name\": \"x\", \"installed\": {\"from\": \"7.0b\"}}]}",
          "7.0");
      product(sql, "plain", "NATURAL", "{}", "4.1", "4.2-rc1", "4.1p1");
      product(sql, "strict", "SEMVER", "{}", "4.1.0", "4.1.0-a");

      migrate(postgres, "latest");
      assertThat(said.lines).hasSize(3);
      assertThat(said.lines.get(0)).contains("hotfixed", "[4.1a, 4.1], now as [4.1, 4.1a]");
      assertThat(said.lines.get(1)).contains("ranged", "now as [7.0, 7.0-a, 8.0]");
      assertThat(said.lines.get(2)).contains("ruled", "now as [7.0, 7.0b]");

      migrate(postgres, "latest");
      assertThat(said.lines).hasSize(3);
    } finally {
      LOG.removeHandler(said);
    }
  }

  private static void migrate(EmbeddedPostgres postgres, String target) {
    Flyway.configure(ListReorderedIT.class.getClassLoader())
        .dataSource(postgres.getPostgresDatabase())
        .javaMigrations(new ListReordered())
        .target(target)
        .load()
        .migrate();
  }

  private static void product(
      Statement sql, String id, String scheme, String document, String... versions)
      throws SQLException {
    sql.execute(
        """
        INSERT INTO product (id, name, kind, default_language, version_scheme)
        VALUES ('%s', 'A', 'FIRMWARE', 'en', '%s')
        """
            .formatted(id, scheme));
    for (String version : versions) {
      sql.execute(
          "INSERT INTO release (product_id, version, document) VALUES ('%s', '%s', '%s')"
              .formatted(id, version, document));
    }
  }

  private static final class Said extends Handler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      lines.add(ExtLogRecord.wrap(line).getFormattedMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
