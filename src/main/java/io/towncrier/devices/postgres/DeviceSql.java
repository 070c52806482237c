package io.towncrier.devices.postgres;

/** The set-based statements of the devices. */
final class DeviceSql {
  static final String EARLIER =
      """
      SELECT earlier.id FROM device AS earlier
      WHERE earlier.identifier_index = ANY ($2) AND earlier.id <> $1
      """;

  /**
   * A registration brings the values anew of which earlier ones have hashes under a former version
   * of the keys. Locked in the order of the ids, as everybody does it.
   */
  static final String RENEW_EARLIER =
      """
      UPDATE device
      SET identifier_index = $2,
        ecv_index = CASE WHEN device.ecv_index = ANY ($4) THEN $5 ELSE device.ecv_index END
      WHERE device.id IN (
        SELECT earlier.id FROM device AS earlier
        WHERE earlier.identifier_index = ANY ($3) AND earlier.id <> $1
        ORDER BY earlier.id
        FOR NO KEY UPDATE)
      """;

  /**
   * Tells the accounts of earlier registrations. A link that ends meanwhile is left out, not
   * missed: it is looked at again behind its lock.
   */
  static final String NOTE_OTHER_ECV =
      """
      INSERT INTO ecv_mismatch AS known (device_id, account_id, times, last_at)
      SELECT linked.device_id, linked.account_id, 1, $4::timestamptz
      FROM (
        SELECT link.device_id, link.account_id
        FROM device AS earlier
        JOIN device_account AS link ON link.device_id = earlier.id
        WHERE earlier.identifier_index = ANY ($2) AND earlier.id <> $1
          AND earlier.removed_at IS NULL AND earlier.ecv_index <> ALL ($3)
        ORDER BY link.device_id, link.account_id
        FOR KEY SHARE OF link) AS linked
      ON CONFLICT (device_id, account_id) DO UPDATE
      SET times = known.times + 1, last_at = excluded.last_at
      """;

  /** Compare and set: only the hash under a former version of the keys is replaced. */
  static final String RENEW_SECRET =
      """
      UPDATE device SET secret_index = $3
      WHERE device.id = $1 AND device.secret_index = ANY ($2)
      """;

  static final String REGISTRATIONS =
      """
      SELECT coalesce(sum(registered.count), 0)::bigint AS registrations
      FROM registration_count AS registered
      WHERE registered.hour = date_trunc('hour', $1::timestamptz, 'UTC')
      """;

  static final String COUNT_REGISTRATION =
      """
      INSERT INTO registration_count (hour, part, count)
      VALUES (date_trunc('hour', $1::timestamptz, 'UTC'), floor(random() * 16)::int, 1)
      ON CONFLICT (hour, part) DO UPDATE SET count = registration_count.count + 1
      """;

  /** Locked in the order of the ids, as everybody does it, and never waited for. */
  static final String NOTE_SEEN =
      """
      UPDATE device SET last_seen_on = $2
      WHERE device.id IN (
        SELECT due.id FROM device AS due
        WHERE due.id = ANY ($1) AND due.last_seen_on < $2
        ORDER BY due.id
        FOR NO KEY UPDATE SKIP LOCKED)
      """;

  static final String UPDATE_FACTS =
      """
      UPDATE device
      SET version = $2, country = $3, time_zone = $4, language = $5, channel = $6, cohort = $7,
        hardware = $8, release_counter = $9, counter_unreadable = $10,
        last_seen_on = greatest(device.last_seen_on, $11), revision = device.revision + 1
      WHERE device.id = $1
      """;

  static final String KEEP_KIT = "UPDATE device SET kit = $2 WHERE device.id = $1";

  static final String CHANGE_FACTS = UPDATE_FACTS + "AND device.revision = $12";

  /** Compare and set: a secret that was replaced or revoked meanwhile changes nothing. */
  static final String REPLACE_SECRET =
      """
      UPDATE device SET secret_index = $3, revision = device.revision + 1
      WHERE device.id = $1 AND device.secret_index = ANY ($2)
      """;

  static final String SHUT_OUT =
      """
      UPDATE device
      SET secret_index = $2, revoked_at = coalesce(device.revoked_at, $3),
        removed_at = CASE WHEN $4 THEN coalesce(device.removed_at, $3) ELSE device.removed_at END,
        push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        push_confirmed_on = NULL, revision = device.revision + 1
      WHERE device.id = $1
      """;

  static final String UNLINKED_SINCE =
      """
      SELECT device.id FROM device
      WHERE device.last_seen_on <= $1 AND device.removed_at IS NULL
        AND (SELECT link.account_id FROM device_account AS link
          WHERE link.device_id = device.id LIMIT 1) IS NULL
      ORDER BY device.last_seen_on, device.id
      LIMIT $2
      """;

  static final String IDS =
      "SELECT device.id FROM device WHERE device.id > $1 ORDER BY device.id LIMIT $2";

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
      SELECT device.id, device.push_provider, device.push_kind, device.push_sealed,
        device.product_id, coalesce(product.name, device.product_id) AS product_name,
        device.version, device.country, device.time_zone, device.language, device.channel,
        device.cohort, device.hardware, device.release_counter, device.counter_unreadable,
        device.kit IS NOT NULL AS has_kit
      FROM device
      LEFT JOIN product ON product.id = device.product_id
      WHERE device.id = ANY ($1)
      ORDER BY device.id
      FOR SHARE OF device
      """;

  /**
   * A statement of its own, behind the lock: in the same one a link made meanwhile is not seen, nor
   * what became of the addresses behind the first.
   */
  static final String LINKS =
      """
      SELECT link.device_id, link.account_id, 0 AS place, NULL::text AS provider,
        NULL::text AS kind, NULL::bytea AS sealed
      FROM device_account AS link
      WHERE link.device_id = ANY ($1)
      UNION ALL
      SELECT further.device_id, NULL, further.preference, further.provider, further.kind,
        further.sealed
      FROM push_address AS further
      WHERE further.device_id = ANY ($1)
      ORDER BY device_id, place, account_id
      """;

  private static final String SHOWN =
      """
      SELECT device.id, device.kind, device.product_id, device.version, device.country,
        device.time_zone, device.language, device.channel, device.cohort, device.hardware,
        device.release_counter, device.counter_unreadable,
        EXISTS (SELECT 1 FROM device_account AS link WHERE link.device_id = device.id) AS linked,
        device.push_sealed IS NOT NULL AS has_address, device.push_confirmed_on,
        device.push_provider,
        ARRAY (
          SELECT concat_ws(' ', further.provider, to_char(further.confirmed_on, 'YYYY-MM-DD'))
          FROM push_address AS further
          WHERE further.device_id = device.id
          ORDER BY further.preference) AS further,
        EXISTS (
          SELECT 1 FROM push_proof AS proof
          WHERE proof.device_id = device.id AND proof.tries_left > 0
            AND proof.expires_at > now()) AS address_pending,
        device.registered_at, device.last_seen_on, device.revision
      FROM device
      """;

  static final String FIND = SHOWN + "WHERE device.id = $1\n";

  /** Those that were seen last first. */
  static final String OF_ACCOUNT =
      SHOWN
          + """
          WHERE device.removed_at IS NULL AND device.id IN (
            SELECT link.device_id FROM device_account AS link WHERE link.account_id = $1)
          ORDER BY device.last_seen_on DESC, device.id
          LIMIT $2
          """;

  // The hash tells nobody who can measure a comparison anything of the secret: it has a key.
  private static final String HAS_SECRET = "AND device.secret_index = ANY ($2)";

  static final String SIGN_IN = FIND + HAS_SECRET;

  static final String IS_KEY = "SELECT 1 FROM device WHERE device.id = $1 " + HAS_SECRET;

  private DeviceSql() {}
}
