package io.towncrier.server.commands;

import io.towncrier.audit.AuditChain;
import io.towncrier.audit.AuditEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;

/** Writes down what a command has done, in its transaction. */
final class CommandAudit {
  private static final String APPEND =
      """
      INSERT INTO audit_entry (number, at, actor, action, subject, detail, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private CommandAudit() {}

  static void append(Connection connection, AuditEntry entry) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet head =
            statement.executeQuery(
                "SELECT audit_head.number, audit_head.hash FROM audit_head FOR UPDATE")) {
      head.next();
      long number = head.getLong(1) + 1;
      String hash = AuditChain.next(head.getString(2), number, entry);
      try (PreparedStatement append = connection.prepareStatement(APPEND);
          PreparedStatement move =
              connection.prepareStatement("UPDATE audit_head SET number = ?, hash = ?")) {
        append.setLong(1, number);
        append.setObject(2, entry.at().atOffset(ZoneOffset.UTC));
        append.setString(3, entry.actor());
        append.setString(4, entry.action());
        append.setString(5, entry.subject());
        append.setString(6, entry.detail());
        append.setString(7, hash);
        append.executeUpdate();
        move.setLong(1, number);
        move.setString(2, hash);
        move.executeUpdate();
      }
    }
  }
}
