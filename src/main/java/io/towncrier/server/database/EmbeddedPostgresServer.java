package io.towncrier.server.database;

import io.quarkus.runtime.Quarkus;
import io.towncrier.platform.Ids;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.files.OwnerOnlyFile;
import io.towncrier.platform.postgres.JdbcTarget;
import io.towncrier.server.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL of the server's own, on a loopback port, that keeps its data. One that ends by
 * itself is started again; where that fails, the server ends.
 */
public final class EmbeddedPostgresServer {
  private static final Logger LOG = Logger.getLogger(EmbeddedPostgresServer.class);
  private static final String URL = "quarkus.datasource.reactive.url";
  private static final String USER = "quarkus.datasource.username";
  private static final String PASSWORD = "quarkus.datasource.password";
  private static final String MARK = "io.towncrier.embedded-postgres";
  private static final String NAME = "postgres";
  private static final String PASSWORD_ONLY = "host all all 127.0.0.1/32 scram-sha-256\n";
  private static final int ANY_PORT = 0;
  // PostgreSQL 17, src/include/utils/pidfile.h: LOCK_FILE_LINE_PORT.
  private static final int PORT_LINE = 3;

  // Kept reachable: the lock of the directory goes with the object that holds it.
  private final DataDirectory data;
  private final String password;
  private final PostgresWatch watch;
  private final JdbcTarget target;
  private volatile EmbeddedPostgres postgres;

  private EmbeddedPostgresServer(DataDirectory data, String password, EmbeddedPostgres postgres) {
    this.data = data;
    this.password = password;
    this.postgres = postgres;
    this.target = new JdbcTarget(postgres.getJdbcUrl(NAME, NAME), NAME, password);
    this.watch =
        new PostgresWatch(
            data.postgres(), () -> startAgain(postgres.getPort()), () -> Quarkus.asyncExit(1));
  }

  /** The one that an earlier run in this very process has started, as dev mode's reload does. */
  static Optional<JdbcTarget> alreadyInThisProcess() {
    return Optional.ofNullable(System.getProperty(MARK))
        .map(url -> new JdbcTarget(url, NAME, System.getProperty(PASSWORD, "")));
  }

  /** The one that another process has started on a data directory, as PostgreSQL itself says. */
  static Optional<JdbcTarget> running(Path directory) {
    try {
      List<String> lines =
          Files.readAllLines(directory.resolve("postgres").resolve("postmaster.pid"));
      Optional<String> password = OwnerOnlyFile.read(directory.resolve("postgres.password"));
      return lines.size() <= PORT_LINE || password.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new JdbcTarget(
                  "jdbc:postgresql://127.0.0.1:%s/%s".formatted(lines.get(PORT_LINE), NAME),
                  NAME,
                  password.get()));
    } catch (IOException notRunning) {
      return Optional.empty();
    }
  }

  static EmbeddedPostgresServer start(DataDirectory data) throws StartRefused {
    try {
      String password = password(data);
      EmbeddedPostgres postgres = launch(data, password, ANY_PORT);
      requirePassword(postgres, data.postgres(), password);
      EmbeddedPostgresServer server = new EmbeddedPostgresServer(data, password, postgres);
      publish(postgres.getPort(), server.target);
      server.watch.begin();
      return server;
    } catch (IOException | SQLException | IllegalStateException failure) {
      throw new StartRefused(
          "the embedded PostgreSQL in %s does not start: %s".formatted(data, failure));
    }
  }

  JdbcTarget target() {
    return target;
  }

  /**
   * Stops the database.
   *
   * @param orderly whether its clients are gone already
   */
  public void stop(boolean orderly) {
    watch.end();
    if (!orderly) {
      LOG.warn("stopping PostgreSQL under a running application");
    }
    close();
  }

  private void startAgain(int port) throws IOException {
    close();
    try {
      postgres = launch(data, password, port);
    } catch (StartRefused impossible) {
      throw new IOException(impossible);
    }
  }

  private void close() {
    try {
      postgres.close();
    } catch (IOException failure) {
      LOG.warnf("PostgreSQL in %s did not stop: %s", data, failure);
    }
  }

  private static EmbeddedPostgres launch(DataDirectory data, String password, int port)
      throws IOException, StartRefused {
    OrphanPostgres.stop(data.postgres());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data.postgres())
            .setPgBinaryResolver(PostgresBinaries.ofThisMachine())
            .setOverrideWorkingDirectory(OwnFolders.postgresBinaries(data.path()).toFile())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setConnectConfig("password", password)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            // A process that stands still inside a claim must not hold an opt-out for ever.
            .setServerConfig("idle_in_transaction_session_timeout", "30s");
    PostgresSettings.all().forEach(builder::setServerConfig);
    return (port == ANY_PORT ? builder : builder.setPort(port)).start();
  }

  private static String password(DataDirectory data) throws IOException {
    Path file = data.file("postgres.password");
    OwnerOnlyFile.create(file, Ids.nextSecret("pg").reveal());
    return OwnerOnlyFile.read(file).orElseThrow();
  }

  private static void requirePassword(EmbeddedPostgres postgres, Path directory, String password)
      throws SQLException, IOException {
    Path rules = directory.resolve("pg_hba.conf");
    // Asked of the file, and not of whether this is the first start: that may have been killed.
    if (Files.readString(rules).equals(PASSWORD_ONLY)) {
      return;
    }
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      // The password is our own and holds no quote.
      statement.execute("ALTER ROLE " + NAME + " PASSWORD '" + password + "'");
      Files.writeString(rules, PASSWORD_ONLY);
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private static void publish(int port, JdbcTarget target) {
    Map.of(
            URL,
            "postgresql://127.0.0.1:" + port + "/" + NAME,
            USER,
            NAME,
            PASSWORD,
            target.password(),
            MARK,
            target.url())
        .forEach(System::setProperty);
  }
}
