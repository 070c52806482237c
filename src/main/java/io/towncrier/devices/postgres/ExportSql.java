package io.towncrier.devices.postgres;

import io.towncrier.privacy.classification.Classification;

/** What is kept of an account and of its devices; $1 is the account, $2 how many rows at most. */
final class ExportSql {
  private static final Classification LIST = Classification.own();

  static final String ACCOUNT =
      """
      SELECT to_jsonb(shown)::text AS json, shown.subject_sealed, shown.id
      FROM (
        SELECT %s FROM account WHERE account.id = $1 LIMIT $2) AS shown
      """
          .formatted(LIST.selectList("account"));

  /** With whether it is somebody else's as well. */
  static final String DEVICES =
      """
      SELECT to_jsonb(shown)::text AS json, shown.push_sealed, shown.id,
        EXISTS (
          SELECT 1 FROM device_account AS other
          WHERE other.device_id = shown.id AND other.account_id <> $1) AS shared
      FROM (
        SELECT %s FROM device
        JOIN device_account AS link ON link.device_id = device.id
        WHERE link.account_id = $1 AND device.removed_at IS NULL
        ORDER BY device.id LIMIT $2) AS shown
      """
          .formatted(LIST.selectList("device"));

  static final String LINKS =
      """
      SELECT to_jsonb(shown)::text AS json
      FROM (
        SELECT %s FROM device_account
        WHERE device_account.account_id = $1
        ORDER BY device_account.device_id LIMIT $2) AS shown
      """
          .formatted(LIST.selectList("device_account"));

  static final String OTHER_ECVS =
      """
      SELECT to_jsonb(shown)::text AS json
      FROM (
        SELECT %s FROM ecv_mismatch
        WHERE ecv_mismatch.account_id = $1
        ORDER BY ecv_mismatch.device_id LIMIT $2) AS shown
      """
          .formatted(LIST.selectList("ecv_mismatch"));

  static final String FURTHER = ofOwnDevices("push_address", "placed_at");

  static final String PROOFS = ofOwnDevices("push_proof", "expires_at");

  /** Sealed addresses of devices that are nobody else's. */
  private static String ofOwnDevices(String table, String order) {
    return """
    SELECT to_jsonb(shown)::text AS json, shown.sealed, shown.device_id
    FROM (
      SELECT %1$s FROM %2$s
      JOIN device_account AS link ON link.device_id = %2$s.device_id
      WHERE link.account_id = $1 AND NOT EXISTS (
        SELECT 1 FROM device_account AS other
        WHERE other.device_id = %2$s.device_id AND other.account_id <> $1)
      ORDER BY %2$s.%3$s LIMIT $2) AS shown
    """
        .formatted(LIST.selectList(table), table, order);
  }

  private ExportSql() {}
}
