package io.towncrier.console;

import io.towncrier.audit.AuditChain;
import io.towncrier.audit.AuditEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Devices, notices and audit entries by the million, behind the back of the service. */
final class ScaleRows {
  /** Ids of what is made up: the number, in hexadecimal. */
  static final String FIRST_NOTICE = "ntc_" + "0".repeat(25) + "1";

  static final String FIRST_DEVICE = "dev_" + "0".repeat(25) + "1";

  private static final int BATCH = 1_000;
  private static final List<String> ACTIONS =
      List.of(
          "release.drafted",
          "release.edited",
          "release.published",
          "rollout.halted",
          "rollout.resumed",
          "product.changed",
          "notice.drafted",
          "notice.edited",
          "notice.approved",
          "notice.started",
          "notice.done",
          "artifact.ready");

  private static final String APPEND =
      """
      INSERT INTO audit_entry (number, at, actor, action, subject, detail, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private final Connection connection;

  ScaleRows(Connection connection) {
    this.connection = connection;
  }

  /** Without the trigger that counts each; they are counted together, as a migration does. */
  void devices(int count) throws SQLException {
    run("SET session_replication_role = replica");
    run(ScaleSql.DEVICES, count);
    run("SET session_replication_role = origin");
    run(ScaleSql.COUNTED_DEVICES);
  }

  /** In all states. What is running waits for hours to come; no device has an address. */
  void notices(int count) throws SQLException {
    run(ScaleSql.NOTICES, count);
    run(ScaleSql.PUSH_CONTENTS);
    run(ScaleSql.WALKS);
    run(ScaleSql.DELIVERIES);
    run(ScaleSql.COUNTS_OF_DONE);
  }

  /** With the service's own hashes, so that the chain holds. */
  void audit(int count) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement append = connection.prepareStatement(APPEND)) {
      long number;
      String hash;
      try (Statement sql = connection.createStatement();
          ResultSet head = sql.executeQuery("SELECT number, hash FROM audit_head FOR UPDATE")) {
        head.next();
        number = head.getLong("number");
        hash = head.getString("hash");
      }
      Instant first = Instant.now().minus(Duration.ofDays(300));
      for (int i = 0; i < count; i++) {
        AuditEntry entry = entry(i, first.plusSeconds(i * 250L));
        number++;
        hash = AuditChain.next(hash, number, entry);
        add(append, number, entry, hash);
        if (i % BATCH == BATCH - 1 || i == count - 1) {
          append.executeBatch();
        }
      }
      moveHead(number, hash);
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  void vacuum() throws SQLException {
    run("VACUUM ANALYZE");
  }

  long count(String table) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static AuditEntry entry(int i, Instant at) {
    String action = ACTIONS.get(i % ACTIONS.size());
    String product = ScaleCatalogue.product(i % ScaleCatalogue.PRODUCTS);
    String subject =
        action.startsWith("notice")
            ? "ntc_%026x".formatted(1 + i % 10_000)
            : action.startsWith("product")
                ? product
                : product + ":1." + i / 7 % ScaleCatalogue.RELEASES_EACH;
    String detail = action.endsWith("edited") ? "notes.en.title: before -> after" : "";
    return new AuditEntry("operator-" + i / 3 % 8, action, subject, detail, at);
  }

  private static void add(PreparedStatement append, long number, AuditEntry entry, String hash)
      throws SQLException {
    append.setLong(1, number);
    append.setObject(2, entry.at().atOffset(ZoneOffset.UTC));
    append.setString(3, entry.actor());
    append.setString(4, entry.action());
    append.setString(5, entry.subject());
    append.setString(6, entry.detail());
    append.setString(7, hash);
    append.addBatch();
  }

  private void moveHead(long number, String hash) throws SQLException {
    try (PreparedStatement move =
        connection.prepareStatement("UPDATE audit_head SET number = ?, hash = ?")) {
      move.setLong(1, number);
      move.setString(2, hash);
      move.executeUpdate();
    }
  }

  private void run(String statement) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private void run(String statement, int count) throws SQLException {
    try (PreparedStatement sql = connection.prepareStatement(statement)) {
      sql.setInt(1, count);
      sql.executeUpdate();
    }
  }
}
