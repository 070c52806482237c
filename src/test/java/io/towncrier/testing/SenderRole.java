package io.towncrier.testing;

import io.towncrier.platform.postgres.RoleGrants;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The role that sends, in a database of the tests, as infra/database/roles.sql makes a cell's. */
public final class SenderRole {
  private static final String MAKE =
      """
      CREATE ROLE towncrier_sender LOGIN;
      ALTER ROLE towncrier_sender SET idle_in_transaction_session_timeout = '5s';
      ALTER ROLE towncrier_sender SET lock_timeout = '4s';
      """;

  private SenderRole() {}

  /** Once, behind the migrations. */
  public static void make(Connection superuser) throws SQLException, IOException {
    try (Statement statement = superuser.createStatement()) {
      statement.execute(MAKE);
    }
    if (!RoleGrants.give(superuser)) {
      throw new IllegalStateException("the role is not seen that was just made");
    }
  }
}
