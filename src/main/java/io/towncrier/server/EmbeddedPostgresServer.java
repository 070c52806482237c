package io.towncrier.server;

import io.towncrier.platform.Ids;
import io.towncrier.platform.OwnerOnlyFile;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.postgres.JdbcTarget;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** A PostgreSQL of the server's own, on a loopback port, that keeps its data. */
final class EmbeddedPostgresServer {
  private static final Logger LOG = Logger.getLogger(EmbeddedPostgresServer.class);
  private static final String URL = "quarkus.datasource.reactive.url";
  private static final String USER = "quarkus.datasource.username";
  private static final String PASSWORD = "quarkus.datasource.password";
  private static final String MARK = "io.towncrier.embedded-postgres";
  private static final String NAME = "postgres";
  private static final String PASSWORD_ONLY = "host all all 127.0.0.1/32 scram-sha-256\n";

  // Kept reachable: the lock of the directory goes with the object that holds it.
  private final DataDirectory data;
  private final EmbeddedPostgres postgres;
  private final JdbcTarget target;

  private EmbeddedPostgresServer(DataDirectory data, EmbeddedPostgres postgres, JdbcTarget target) {
    this.data = data;
    this.postgres = postgres;
    this.target = target;
  }

  /** The one that an earlier run in this very process has started, as dev mode's reload does. */
  static Optional<JdbcTarget> alreadyInThisProcess() {
    return Optional.ofNullable(System.getProperty(MARK))
        .map(url -> new JdbcTarget(url, NAME, System.getProperty(PASSWORD, "")));
  }

  static EmbeddedPostgresServer start(DataDirectory data) throws StartRefused {
    try {
      String password = password(data);
      stopOrphan(data.postgres());
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(data.postgres())
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPgBinaryResolver(PostgresBinaries.ofThisMachine())
              .setPGStartupWait(Duration.ofSeconds(60))
              .setConnectConfig("password", password)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "")
              // A process that stands still inside a claim must not hold an opt-out for ever.
              .setServerConfig("idle_in_transaction_session_timeout", "30s");
      PostgresSettings.all().forEach(builder::setServerConfig);
      EmbeddedPostgres postgres = builder.start();
      requirePassword(postgres, data.postgres(), password);
      JdbcTarget target = new JdbcTarget(postgres.getJdbcUrl(NAME, NAME), NAME, password);
      publish(postgres.getPort(), target);
      return new EmbeddedPostgresServer(data, postgres, target);
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
  void stop(boolean orderly) {
    if (!orderly) {
      LOG.warn("stopping PostgreSQL under a running application");
    }
    try {
      postgres.close();
    } catch (IOException failure) {
      LOG.warnf("PostgreSQL in %s did not stop: %s", data, failure);
    }
  }

  private static String password(DataDirectory data) throws IOException {
    Path file = data.file("postgres.password");
    OwnerOnlyFile.create(file, Ids.nextSecret("pg").reveal());
    return OwnerOnlyFile.read(file).orElseThrow();
  }

  /**
   * A killed server leaves its database running; the lock of the directory says that it is ours.
   */
  private static void stopOrphan(Path directory) throws IOException {
    Path pidFile = directory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
    Optional<ProcessHandle> orphan =
        ProcessHandle.of(pid)
            .filter(process -> process.info().command().orElse("").contains("postgres"));
    if (orphan.isEmpty()) {
      return;
    }
    LOG.infof("stopping the database (process %d) that a killed server has left behind", pid);
    orphan.get().destroy();
    try {
      orphan.get().onExit().get(20, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException stuck) {
      orphan.get().destroyForcibly();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
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
