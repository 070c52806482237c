package io.towncrier.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.towncrier.server.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;

/** A migrated PostgreSQL for one test JVM. */
public final class TestPostgres implements QuarkusTestResourceLifecycleManager {
  /** What tests show to be operators. */
  public static final String OPERATOR_TOKEN = "op_for_tests_only_0123456789";

  /** Of every process on this database. */
  public static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private EmbeddedPostgres postgres;

  @Override
  public Map<String, String> start() {
    try {
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setServerConfig("max_connections", "100")
              .setServerConfig("shared_preload_libraries", "pg_stat_statements");
      if (Boolean.getBoolean("postgres.durable")) {
        // As the server sets them; the library's own are for tests.
        PostgresSettings.all().forEach(builder::setServerConfig);
      }
      postgres = builder.start();
      Schema.migrate(postgres.getPostgresDatabase());
      return Map.of(
          "quarkus.datasource.reactive.url",
          url(),
          "quarkus.datasource.username",
          "postgres",
          "quarkus.datasource.password",
          "postgres",
          "towncrier.data-dir",
          Files.createTempDirectory("towncrier-test").toString(),
          "towncrier.operator-token",
          OPERATOR_TOKEN,
          "towncrier.master-key",
          MASTER_KEY,
          // All tests come from one address.
          "towncrier.devices.registration.burst",
          "1000000",
          "towncrier.devices.registration.an-hour",
          "1000000",
          "towncrier.devices.challenges-an-hour",
          "1000000");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** For tests that start processes of their own. */
  public String url() {
    return "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  public int port() {
    return postgres.getPort();
  }

  public Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  @Override
  public void stop() {
    try {
      if (postgres != null) {
        postgres.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
