package io.towncrier.devices.postgres;

/** The statements of the accounts and their links. */
final class AccountSql {
  static final String CREATE =
      """
      INSERT INTO account (id, subject_index, subject_sealed, created_at)
      VALUES ($1, $2, $3, now())
      ON CONFLICT (subject_index) DO NOTHING
      """;

  static final String FIND = "SELECT account.id FROM account WHERE account.subject_index = $1";

  /** Against claims, which lock it FOR SHARE and then read its links. */
  static final String LOCK_DEVICE =
      """
      SELECT device.id FROM device
      WHERE device.id = $1 AND device.revoked_at IS NULL
      FOR UPDATE
      """;

  static final String LINK =
      """
      INSERT INTO device_account (device_id, account_id, linked_on) VALUES ($1, $2, $3)
      ON CONFLICT (device_id, account_id) DO NOTHING
      """;

  static final String CHANGED =
      "UPDATE device SET revision = device.revision + 1 WHERE device.id = $1";

  /** Also where the version before kept it. */
  static final String LOCK_AND_CLEAR =
      """
      UPDATE device
      SET account_id = nullif(device.account_id, $2), revision = device.revision + 1
      WHERE device.id = $1 AND EXISTS (
        SELECT 1 FROM device_account AS link
        WHERE link.device_id = device.id AND link.account_id = $2)
      """;

  static final String UNLINK =
      """
      DELETE FROM device_account
      WHERE device_account.device_id = $1 AND device_account.account_id = $2
      """;

  static final String DEVICES =
      """
      SELECT device.id, device.kind, device.product_id, device.version,
        device.push_sealed IS NOT NULL, device.last_seen_on, link.linked_on
      FROM device_account AS link
      JOIN device ON device.id = link.device_id
      WHERE link.account_id = $1 AND device.removed_at IS NULL
      ORDER BY device.last_seen_on DESC, device.id
      LIMIT $2
      """;

  private AccountSql() {}
}
