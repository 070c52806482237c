package io.towncrier.server.commands;

import io.towncrier.audit.AuditEntry;
import io.towncrier.privacy.KeyCheckStore.Sample;
import io.towncrier.privacy.OfflineKeys;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.keys.KeyVersion;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The way out after the loss of a master key (docs/adr/0026): deletes what the key that is there
 * now does not open, and binds the database to this key. All of it is one transaction; no server
 * may run on the database meanwhile.
 */
final class KeyReset {
  private static final int PAGE = 5_000;

  // Every process sees that these versions have ended.
  private static final String END_VERSIONS =
      """
      WITH ended AS (DELETE FROM key_version), rotation AS (DELETE FROM key_rotation)
      UPDATE key_ring SET revision = key_ring.revision + 1
      """;

  private static final String VALUES = "SELECT key_check.version, key_check.value FROM key_check";

  private static final String ACCOUNTS =
      "SELECT account.id, account.subject_sealed, account.id FROM account";

  private static final String DEVICES =
      """
      SELECT device.id, device.push_sealed, device.id FROM device WHERE device.push_sealed IS NOT NULL
      """;

  private static final String FURTHER =
      """
      SELECT further.device_id || '/' || further.provider, further.sealed, further.device_id
      FROM push_address AS further
      """;

  private static final String FORGET_FURTHER =
      """
      DELETE FROM push_address
      WHERE push_address.device_id || '/' || push_address.provider = ANY (?)
      """;

  private static final String PROOFS =
      "SELECT push_proof.id, push_proof.sealed, push_proof.device_id FROM push_proof";

  // Of accounts that are cancelled and not erased: they are erased all the same, when it is time.
  private static final String CANCELLED =
      """
      SELECT erasure.id, erasure.subject_sealed, erasure.account_id FROM erasure
      WHERE erasure.subject_sealed IS NOT NULL
      """;

  private static final String RECEIPTS =
      """
      SELECT erasure.id, erasure.receipt_sealed, erasure.id FROM erasure
      WHERE erasure.receipt_sealed IS NOT NULL
      """;

  // For a processor, sealed for the device: what does not open cannot be named to it.
  private static final String AT_PROCESSORS =
      """
      SELECT told.id, told.push_sealed, told.device_id FROM processor_erasure AS told
      """;

  private static final String FORGET_CANCELLED =
      """
      UPDATE erasure SET subject_sealed = NULL, subject_index = NULL WHERE erasure.id = ANY (?)
      """;

  private static final String FORGET_RECEIPTS =
      "UPDATE erasure SET receipt_sealed = NULL WHERE erasure.id = ANY (?)";

  private static final String WITHOUT_SEALED =
      "SELECT device.id FROM device WHERE device.push_sealed IS NULL";

  private final Connection connection;
  private final OfflineKeys keys;

  /** The connection must not commit by itself. */
  KeyReset(Connection connection, OfflineKeys keys) {
    this.connection = connection;
    this.keys = keys;
  }

  /**
   * What the key does not open.
   *
   * @param accounts ids
   * @param devices ids: of those whose push address does not open, and, where nothing at all opens,
   *     of all: their secrets are hashes under the lost key
   * @param further addresses behind the first of a device, by device and provider
   * @param proofs ids of addresses that wait for their proof
   * @param cancelled what is forgotten of cancelled accounts
   * @param ofBefore whether the database goes on with keys that are derived from the master key
   * @param versions whether its versions open; where neither holds, the next start makes new keys
   */
  record Lost(
      List<String> accounts,
      List<String> devices,
      List<String> further,
      List<String> proofs,
      Cancelled cancelled,
      boolean ofBefore,
      boolean versions) {
    @Override
    public String toString() {
      return "%d accounts, %d devices and %d unproved push addresses"
          .formatted(accounts.size(), devices.size(), proofs.size());
    }
  }

  /**
   * Erasures of which the subject, and the secret of the receipt, do not open, and addresses that
   * processors were to forget.
   */
  record Cancelled(List<String> subjects, List<String> receipts, List<String> atProcessors) {}

  Lost look() throws SQLException {
    List<KeyVersion> versions = StoredVersions.read(connection);
    Opened opened = new Opened();
    opened.versions = keys.open(versions);
    opened.any = opened.versions;
    List<String> accounts = lost(ACCOUNTS, "account", "subject_sealed", opened);
    List<String> devices = lost(DEVICES, "device", "push_sealed", opened);
    List<String> further = lost(FURTHER, "device", "push_sealed", opened);
    List<String> proofs = lost(PROOFS, "device", "push_sealed", opened);
    Cancelled cancelled =
        new Cancelled(
            lost(CANCELLED, "account", "subject_sealed", opened),
            lost(RECEIPTS, "erasure", "receipt_sealed", opened),
            lost(AT_PROCESSORS, "device", "push_sealed", opened));
    boolean mine = opened.any || (versions.isEmpty() && isTheDatabasesKey());
    if (!mine) {
      devices.addAll(withoutSealed());
    }
    return new Lost(
        accounts, devices, further, proofs, cancelled, mine && !opened.versions, opened.versions);
  }

  /** Deletes it, writes the new check value, and commits. */
  void delete(Lost lost, InstantSource clock) throws SQLException {
    delete(FORGET_FURTHER, lost.further());
    delete("DELETE FROM push_proof WHERE push_proof.id = ANY (?)", lost.proofs());
    for (List<String> owners : List.of(lost.devices(), lost.accounts())) {
      delete("DELETE FROM notification_alerts WHERE notification_alerts.owner = ANY (?)", owners);
    }
    delete("DELETE FROM device WHERE device.id = ANY (?)", lost.devices());
    delete(
        "UPDATE device SET account_id = NULL WHERE device.account_id = ANY (?)", lost.accounts());
    delete("DELETE FROM account WHERE account.id = ANY (?)", lost.accounts());
    delete(FORGET_CANCELLED, lost.cancelled().subjects());
    delete(FORGET_RECEIPTS, lost.cancelled().receipts());
    delete(
        "DELETE FROM processor_erasure WHERE processor_erasure.id = ANY (?)",
        lost.cancelled().atProcessors());
    // To call a push back is worth a try, and not worth a look at each.
    delete("DELETE FROM held_push WHERE held_push.device_id = ANY (?)", lost.devices());
    if (!lost.versions()) {
      begin(lost.ofBefore());
    }
    CommandAudit.append(
        connection,
        new AuditEntry(
            "command-line", "keys.reset", "master-key", "deleted: " + lost, clock.instant()));
    connection.commit();
  }

  /** The versions do not open, or there are none. */
  private void begin(boolean ofBefore) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(END_VERSIONS);
      statement.execute("DELETE FROM key_check");
    }
    if (!ofBefore) {
      return;
    }
    try (PreparedStatement keep =
        connection.prepareStatement("INSERT INTO key_check (version, value) VALUES (?, ?)")) {
      keep.setInt(1, keys.version());
      keep.setBytes(2, keys.checkValue());
      keep.executeUpdate();
    }
  }

  private List<String> lost(String sql, String table, String column, Opened opened)
      throws SQLException {
    List<String> lost = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(PAGE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Place place = new Place(table, column, rows.getString(3));
          if (keys.opens(new Sample(new Sealed(rows.getBytes(2)), place))) {
            opened.any = true;
          } else {
            lost.add(rows.getString(1));
          }
        }
      }
    }
    return lost;
  }

  private List<String> withoutSealed() throws SQLException {
    List<String> ids = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(WITHOUT_SEALED)) {
      statement.setFetchSize(PAGE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getString(1));
        }
      }
    }
    return ids;
  }

  private boolean isTheDatabasesKey() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(VALUES)) {
      boolean is = false;
      while (rows.next()) {
        is |=
            rows.getInt(1) == keys.version()
                && MessageDigest.isEqual(rows.getBytes(2), keys.checkValue());
      }
      return is;
    }
  }

  private void delete(String sql, List<String> ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int from = 0; from < ids.size(); from += PAGE) {
        Object[] page = ids.subList(from, Math.min(from + PAGE, ids.size())).toArray();
        statement.setArray(1, connection.createArrayOf("text", page));
        statement.executeUpdate();
      }
    }
  }

  private static final class Opened {
    private boolean versions;
    private boolean any;
  }
}
