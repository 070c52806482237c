package io.towncrier.devices.postgres;

/** The set-based statements of the devices. */
final class DeviceSql {
  /** One change at a time for one address: two devices that claim it meet here, not in an error. */
  static final String LOCK_ADDRESS =
      """
      SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 0))) AS held
      """;

  /** In the order of the ids, as claims lock them: who loses the address and who gets it. */
  static final String LOCK_HOLDERS =
      """
      SELECT device.id FROM device
      WHERE device.id = $2 OR device.push_index = $1
      ORDER BY device.id
      FOR UPDATE
      """;

  static final String TAKE_ADDRESS_AWAY =
      """
      UPDATE device
      SET push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        revision = device.revision + 1
      WHERE device.push_index = $1 AND device.id <> $2
      RETURNING device.id
      """;

  static final String SET_ADDRESS =
      """
      UPDATE device
      SET push_provider = $2, push_kind = $3, push_sealed = $4, push_index = $5,
        revision = device.revision + 1
      WHERE device.id = $1
      """;

  static final String REMOVE_ADDRESS =
      """
      UPDATE device
      SET push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        revision = device.revision + 1
      WHERE device.id = $1 AND device.push_sealed IS NOT NULL
      """;

  /** Compare and set: the device may have brought a new address since the send. */
  static final String RETIRE_ADDRESS =
      """
      UPDATE device
      SET push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        revision = device.revision + 1
      WHERE device.id = $1 AND device.push_sealed = $2
      """;

  static final String LINK =
      """
      UPDATE device SET account_id = $2, revision = device.revision + 1
      WHERE device.id = $1 AND device.account_id IS DISTINCT FROM $2
      """;

  /** Only from that account: the device may belong to somebody else by now. */
  static final String UNLINK =
      """
      UPDATE device SET account_id = NULL, revision = device.revision + 1
      WHERE device.id = $1 AND device.account_id = $2
      """;

  static final String UPDATE_FACTS =
      """
      UPDATE device
      SET version = $2, country = $3, time_zone = $4, language = $5, channel = $6, cohort = $7,
        hardware = $8, release_counter = $9, last_seen_on = greatest(device.last_seen_on, $10), revision = device.revision + 1
      WHERE device.id = $1
      """;

  static final String CHANGE_FACTS = UPDATE_FACTS + "AND device.revision = $9";

  /** Compare and set: a secret that was replaced or revoked meanwhile changes nothing. */
  static final String REPLACE_SECRET =
      """
      UPDATE device SET secret_index = $3, revision = device.revision + 1
      WHERE device.id = $1 AND device.secret_index = $2
      """;

  static final String SHUT_OUT =
      """
      UPDATE device
      SET secret_index = $2, revoked_at = coalesce(device.revoked_at, $3),
        removed_at = CASE WHEN $4 THEN coalesce(device.removed_at, $3) ELSE device.removed_at END,
        push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        revision = device.revision + 1
      WHERE device.id = $1
      """;

  static final String DELETE = "DELETE FROM device WHERE device.id = $1";

  static final String HALF_REMOVED =
      """
      SELECT device.id FROM device
      WHERE device.removed_at < $1
      ORDER BY device.removed_at
      LIMIT $2
      """;

  /** In the order of the ids, so that two claims never wait for each other in a circle. */
  static final String LOCK_TARGETS =
      """
      SELECT device.id, device.account_id, device.push_provider, device.push_kind,
        device.push_sealed, device.time_zone, device.language
      FROM device
      WHERE device.id = ANY ($1)
      ORDER BY device.id
      FOR SHARE
      """;

  static final String SECRET_INDEX = "SELECT device.secret_index FROM device WHERE device.id = $1";

  static final String CREATE_ACCOUNT =
      """
      INSERT INTO account (id, subject_index, subject_sealed, created_at)
      VALUES ($1, $2, $3, now())
      ON CONFLICT (subject_index) DO NOTHING
      """;

  static final String FIND_ACCOUNT =
      "SELECT account.id FROM account WHERE account.subject_index = $1";

  private DeviceSql() {}
}
