package io.towncrier.infra.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL that lets people in as RDS does: who is a member of {@code rds_iam}, by whatever
 * way, is not asked for a password but for a token (here: for nothing); everybody else is asked for
 * the password. The administrator is no superuser.
 */
final class RdsStandIn implements AutoCloseable {
  static final String ADMIN = "towncrier_admin";
  static final String PASSWORD = "of-the-secret";
  private static final String SUPERUSER = "postgres";

  private final EmbeddedPostgres postgres;

  RdsStandIn() throws IOException, SQLException {
    Path data = Files.createTempDirectory("rds").resolve("data");
    postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(true)
            .setServerConfig("password_encryption", "scram-sha-256")
            .start();
    execute(
        superuser("postgres"),
        "CREATE ROLE rds_iam",
        "CREATE ROLE rds_superuser CREATEROLE CREATEDB",
        "CREATE ROLE %s LOGIN CREATEROLE CREATEDB PASSWORD '%s'".formatted(ADMIN, PASSWORD),
        "GRANT rds_superuser TO " + ADMIN,
        "CREATE DATABASE towncrier OWNER " + ADMIN);
    Files.write(
        data.resolve("pg_hba.conf"),
        List.of(
            "host all " + SUPERUSER + " all trust",
            "host all +rds_iam all trust",
            "host all all all scram-sha-256"));
    execute(superuser("postgres"), "SELECT pg_reload_conf()");
  }

  /** The administrator, or who has become one of those that are asked for a token. */
  Connection signIn(String user, String password) throws SQLException {
    return signIn("towncrier", user, password);
  }

  Connection signIn(String database, String user, String password) throws SQLException {
    return DriverManager.getConnection(url(database), user, password);
  }

  /** A user of the application, whom a token lets in. */
  Connection byToken(String database, String user) throws SQLException {
    return signIn(database, user, "the-token-is-not-looked-at");
  }

  Connection superuser(String database) throws SQLException {
    return signIn(database, SUPERUSER, SUPERUSER);
  }

  /**
   * Runs a script as the administrator. RDS lets its administrators grant {@code rds_iam} though
   * they are no members of it; PostgreSQL lets superusers alone, so that line is one's.
   */
  void runAsAdmin(String script) throws SQLException {
    String asOnRds =
        script.replaceAll(
            "(?m)^GRANT rds_iam [^;]*;",
            "RESET SESSION AUTHORIZATION; $0 SET LOCAL SESSION AUTHORIZATION " + ADMIN + ";");
    if (asOnRds.equals(script)) {
      throw new AssertionError("the script grants rds_iam to nobody");
    }
    try (Connection connection = superuser("towncrier")) {
      execute(connection, "SET SESSION AUTHORIZATION " + ADMIN, asOnRds);
    }
  }

  /** Runs the application's migrations, as the function migrate does. */
  void migrate(String database) throws IOException, SQLException {
    List<Path> migrations;
    try (Stream<Path> files = Files.list(Path.of("../src/main/resources/db/migration"))) {
      migrations =
          files
              .filter(file -> file.toString().endsWith(".sql"))
              .sorted(Comparator.comparingInt(RdsStandIn::number))
              .toList();
    }
    try (Connection owner = byToken(database, "towncrier_owner")) {
      for (Path migration : migrations) {
        execute(owner, Files.readString(migration));
      }
    }
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database;
  }

  // V12__what_it_does.sql
  private static int number(Path migration) {
    String name = migration.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
