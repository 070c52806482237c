package io.towncrier.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.eclipse.microprofile.config.ConfigProvider;

/** Statements behind the back of the service that a test runs in. */
public final class Sql {
  private Sql() {}

  public static void run(String statement, String... parameters) {
    try (Connection connection = connect();
        PreparedStatement prepared = prepare(connection, statement, parameters)) {
      prepared.execute();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The one value that a query has. */
  public static String text(String query, String... parameters) {
    try (Connection connection = connect();
        PreparedStatement prepared = prepare(connection, query, parameters);
        ResultSet rows = prepared.executeQuery()) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  public static Connection connect() throws SQLException {
    String url =
        ConfigProvider.getConfig().getValue("quarkus.datasource.reactive.url", String.class);
    return DriverManager.getConnection("jdbc:" + url, "postgres", "postgres");
  }

  private static PreparedStatement prepare(
      Connection connection, String statement, String... parameters) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    for (int i = 0; i < parameters.length; i++) {
      prepared.setString(i + 1, parameters[i]);
    }
    return prepared;
  }
}
