package io.towncrier.server.commands;

import io.towncrier.audit.AuditEntry;
import io.towncrier.privacy.OfflineKeys;
import io.towncrier.privacy.keys.KeyVersion;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;

/**
 * Shows the versions of the keys, begins their rotation, and changes the key that wraps them
 * (docs/adr/0048). Servers may run meanwhile; they do the rest of a rotation.
 */
final class KeysCommand {
  private static final String ROTATION =
      """
      SELECT rotation.former, rotation.next, rotation.phase, rotation.since, rotation.walked,
        rotation.after_id, rotation.resealed, rotation.last_left
      FROM key_rotation AS rotation
      """;

  private static final String ANNOUNCE =
      """
      INSERT INTO key_rotation (former, next, phase, since, walked, after_id)
      SELECT key_version.version, ?, 'ANNOUNCED', ?, 'ACCOUNT', ''
      FROM key_version WHERE key_version.use = 'WRITTEN'
      """;

  private final Connection connection;
  private final OfflineKeys keys;
  private final PrintStream out;

  /** The connection must not commit by itself. */
  KeysCommand(Connection connection, OfflineKeys keys, PrintStream out) {
    this.connection = connection;
    this.keys = keys;
    this.out = out;
  }

  /** Changes nothing. */
  void show() throws SQLException {
    for (KeyVersion version : StoredVersions.read(connection)) {
      out.println(
          "  version %d  %-8s wrapped by %s"
              .formatted(version.version(), version.use(), version.wrappedBy()));
    }
    progress();
  }

  /** Begins a rotation; one that is under way goes on. Whether it could. */
  boolean rotate(InstantSource clock) throws SQLException {
    List<KeyVersion> versions = locked();
    if (keys.isChanging()) {
      out.println("A change of the master key was begun: run \"keys rewrap\" first.");
      return false;
    }
    if (versions.size() > 1) {
      out.println("A rotation is under way; a server that runs goes on with it.");
      progress();
      return true;
    }
    int next = versions.get(0).version() + 1;
    KeyVersion coming = keys.coming(next);
    StoredVersions.add(connection, coming, keys.checkValue(coming));
    try (PreparedStatement announce = connection.prepareStatement(ANNOUNCE)) {
      announce.setInt(1, next);
      announce.setTimestamp(2, Timestamp.from(clock.instant()));
      announce.executeUpdate();
    }
    finish(clock, "keys.rotate", "version " + next);
    out.println(
        "Version %d is announced. Servers that run write it in two minutes, and then seal anew. \"keys\" shows how far they are."
            .formatted(next));
    return true;
  }

  /** Wraps the versions by the next master key. Whether it could. */
  boolean rewrap(InstantSource clock) throws SQLException {
    List<KeyVersion> versions = keys.rewrapped(locked());
    for (KeyVersion version : versions) {
      StoredVersions.rewrap(connection, version);
    }
    String by = versions.get(0).wrappedBy();
    finish(clock, "keys.rewrap", by);
    keys.takeNext();
    out.println(
        "%d versions of the keys are wrapped by %s now. Servers that run need no restart."
            .formatted(versions.size(), by));
    return true;
  }

  private List<KeyVersion> locked() throws SQLException {
    StoredVersions.lock(connection);
    List<KeyVersion> versions = StoredVersions.read(connection);
    if (versions.isEmpty()) {
      throw new SQLException("it has no versions of the keys yet: start the server once");
    }
    return versions;
  }

  private void finish(InstantSource clock, String action, String detail) throws SQLException {
    CommandAudit.append(
        connection, new AuditEntry("command-line", action, "keys", detail, clock.instant()));
    connection.commit();
  }

  private void progress() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ROTATION)) {
      if (!row.next()) {
        out.println("No rotation is under way.");
        return;
      }
      String left = row.getString(8);
      out.println(
          "Rotation from version %d to %d: %s since %s, in %s behind \"%s\"; %d values sealed anew; hashes that only devices can renew: %s"
              .formatted(
                  row.getInt(1),
                  row.getInt(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5),
                  row.getString(6),
                  row.getLong(7),
                  left == null ? "not counted yet" : left));
    }
  }
}
