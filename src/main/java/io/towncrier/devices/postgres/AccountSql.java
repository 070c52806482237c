package io.towncrier.devices.postgres;

/** The statements of the accounts and their links; products are those of the feature releases. */
final class AccountSql {
  static final String CREATE =
      """
      INSERT INTO account (id, subject_index, subject_sealed, created_at)
      VALUES ($1, $2, $3, now())
      ON CONFLICT (subject_index) DO NOTHING
      """;

  static final String FIND =
      "SELECT account.id FROM account WHERE account.subject_index = ANY ($1)";

  /**
   * A cancellation waits for the end of the transaction, and of one that is waited for all goes.
   */
  static final String HOLD = FIND + " FOR KEY SHARE";

  /** Against {@link #HOLD} and against links. */
  static final String LOCK =
      """
      SELECT account.id, account.subject_sealed, account.created_at FROM account
      WHERE account.subject_index = ANY ($1)
      FOR UPDATE
      """;

  /** In the order of the ids, as claims lock them. */
  static final String LOCK_LINKED =
      """
      SELECT device.id FROM device
      WHERE device.id IN (
        SELECT link.device_id FROM device_account AS link WHERE link.account_id = $1)
      ORDER BY device.id
      FOR UPDATE
      """;

  static final String NOBODY_ELSES =
      """
      AND NOT EXISTS (
        SELECT 1 FROM device_account AS other
        WHERE other.device_id = device.id AND other.account_id <> $1)
      """;

  /** Unless somebody else gets pushes there. */
  static final String DROP_ADDRESSES =
      """
      UPDATE device
      SET push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        push_confirmed_on = NULL
      WHERE device.id = ANY ($2) AND device.push_sealed IS NOT NULL
      """
          + NOBODY_ELSES;

  /** What is being pushed is void, and goes when its time is over; a claim may wait for it. */
  static final String VOID_PROOFS =
      """
      UPDATE push_proof SET tries_left = 0
      FROM device
      WHERE push_proof.device_id = ANY ($2) AND device.id = push_proof.device_id
      """
          + NOBODY_ELSES;

  static final String DROP_PROOFS =
      """
      DELETE FROM push_proof
      USING device
      WHERE push_proof.device_id = ANY ($2) AND device.id = push_proof.device_id
        AND (push_proof.lease_until IS NULL OR push_proof.lease_until <= clock_timestamp())
      """
          + NOBODY_ELSES;

  static final String CLEAR_ALL =
      """
      UPDATE device
      SET account_id = nullif(device.account_id, $1), revision = device.revision + 1
      WHERE device.id = ANY ($2)
      """;

  static final String UNLINK_ALL =
      "DELETE FROM device_account WHERE device_account.account_id = $1";

  static final String DELETE = "DELETE FROM account WHERE account.id = $1";

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
        device.push_sealed IS NOT NULL AS has_address, device.last_seen_on, link.linked_on,
        product.name AS product_name
      FROM device_account AS link
      JOIN device ON device.id = link.device_id
      LEFT JOIN product ON product.id = device.product_id
      WHERE link.account_id = $1 AND device.removed_at IS NULL
      ORDER BY device.last_seen_on DESC, device.id
      LIMIT $2
      """;

  static final String SHARED =
      """
      SELECT DISTINCT other.device_id FROM device_account AS mine
      JOIN device_account AS other
        ON other.device_id = mine.device_id AND other.account_id <> mine.account_id
      WHERE mine.account_id = $1
      """;

  static final String OTHER_ECVS =
      """
      SELECT mismatch.device_id, mismatch.times, mismatch.last_at FROM ecv_mismatch AS mismatch
      WHERE mismatch.account_id = $1
      """;

  static final String SINCE = "SELECT account.created_at FROM account WHERE account.id = $1";

  static final String IDS =
      "SELECT account.id FROM account WHERE account.id > $1 ORDER BY account.id LIMIT $2";

  private AccountSql() {}
}
