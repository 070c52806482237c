package io.towncrier.server.commands;

import io.towncrier.privacy.keys.KeyVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The versions of the keys, for commands. */
final class StoredVersions {
  private static final String READ =
      """
      SELECT key_version.version, key_version.use, key_version.wrapped, key_version.wrapped_by
      FROM key_version
      ORDER BY key_version.version
      """;

  // Every process sees that something has changed.
  private static final String LOCK = "UPDATE key_ring SET revision = key_ring.revision + 1";

  private static final String ADD =
      "INSERT INTO key_version (version, use, wrapped, wrapped_by) VALUES (?, ?, ?, ?)";

  private static final String KNOW = "INSERT INTO key_check (version, value) VALUES (?, ?)";

  private static final String REWRAP =
      "UPDATE key_version SET wrapped = ?, wrapped_by = ? WHERE key_version.version = ?";

  private StoredVersions() {}

  static List<KeyVersion> read(Connection connection) throws SQLException {
    List<KeyVersion> versions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(READ)) {
      while (rows.next()) {
        versions.add(
            new KeyVersion(
                rows.getInt(1),
                KeyVersion.Use.valueOf(rows.getString(2)),
                rows.getBytes(3),
                rows.getString(4)));
      }
    }
    return versions;
  }

  /** Until the transaction ends, nobody else changes them. */
  static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(LOCK);
    }
  }

  static void add(Connection connection, KeyVersion version, byte[] checkValue)
      throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD);
        PreparedStatement know = connection.prepareStatement(KNOW)) {
      add.setInt(1, version.version());
      add.setString(2, version.use().name());
      add.setBytes(3, version.wrapped());
      add.setString(4, version.wrappedBy());
      add.executeUpdate();
      know.setInt(1, version.version());
      know.setBytes(2, checkValue);
      know.executeUpdate();
    }
  }

  static void rewrap(Connection connection, KeyVersion version) throws SQLException {
    try (PreparedStatement rewrap = connection.prepareStatement(REWRAP)) {
      rewrap.setBytes(1, version.wrapped());
      rewrap.setString(2, version.wrappedBy());
      rewrap.setInt(3, version.version());
      rewrap.executeUpdate();
    }
  }
}
