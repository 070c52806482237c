package io.towncrier.platform.postgres;

import io.towncrier.platform.StartRefused;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Gives the role that sends what it needs of the schema, column by column (docs/adr/0067). Who
 * makes the roles makes them before there is a table, so the columns come with the migrations.
 */
public final class RoleGrants {
  /** What the function that sends signs in as. */
  public static final String SENDER = "towncrier_sender";

  private static final String SCRIPT = "db/roles/sender.sql";
  private static final String IS_THERE =
      "SELECT 1 FROM pg_roles AS role WHERE role.rolname = ? AND role.rolcanlogin";
  private static final String MISSING =
      "the schema is up to date, but nobody can sign in as %s, and no push would be sent:"
          + " run infra/database/roles.sql, which makes what is missing (docs/runbook.md, Deploy),"
          + " then migrate again";

  private RoleGrants() {}

  /**
   * As below, by a connection of its own, in a cell: there the role has to be.
   *
   * @throws StartRefused when there is no such role, or it cannot be given what it needs
   */
  public static void give(JdbcTarget target) throws StartRefused {
    if (!given(target)) {
      throw new StartRefused(MISSING.formatted(SENDER));
    }
  }

  /**
   * Gives it what it needs, and takes whatever else it had; by whom the tables belong to.
   *
   * @return whether there is such a role: a server of one role has none
   */
  public static boolean give(Connection owner) throws SQLException, IOException {
    if (!isThere(owner)) {
      return false;
    }
    try (Statement statement = owner.createStatement()) {
      statement.execute(script());
    }
    return true;
  }

  private static boolean given(JdbcTarget target) throws StartRefused {
    try (Connection connection =
        DriverManager.getConnection(target.url(), target.user(), target.password())) {
      // What is taken away and what is given hold at one moment: sends go on meanwhile.
      connection.setAutoCommit(false);
      boolean given = give(connection);
      connection.commit();
      return given;
    } catch (SQLException | IOException failure) {
      throw new StartRefused(
          "the role %s cannot be given its columns: %s".formatted(SENDER, failure.getMessage()));
    }
  }

  private static boolean isThere(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IS_THERE)) {
      statement.setString(1, SENDER);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String script() throws IOException {
    try (InputStream in = RoleGrants.class.getClassLoader().getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new FileNotFoundException(SCRIPT + " is not in this package");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
