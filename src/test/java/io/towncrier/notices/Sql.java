package io.towncrier.notices;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.ConfigProvider;

/** Statements behind the back of the service. */
final class Sql {
  private Sql() {}

  static void run(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** As somebody does who owns the database. */
  static void withoutTriggers(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  static boolean fails(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return false;
    } catch (SQLException refused) {
      return true;
    }
  }

  private static Connection connect() throws SQLException {
    String url =
        ConfigProvider.getConfig().getValue("quarkus.datasource.reactive.url", String.class);
    return DriverManager.getConnection("jdbc:" + url, "postgres", "postgres");
  }
}
