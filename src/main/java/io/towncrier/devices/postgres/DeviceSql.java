package io.towncrier.devices.postgres;

/** The set-based statements of the devices. */
final class DeviceSql {
  static final String EARLIER =
      """
      SELECT earlier.id FROM device AS earlier
      WHERE earlier.identifier_index = $2 AND earlier.id <> $1
      """;

  static final String REGISTRATIONS =
      """
      SELECT coalesce(sum(registered.count), 0)::bigint FROM registration_count AS registered
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

  static final String CHANGE_FACTS = UPDATE_FACTS + "AND device.revision = $12";

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
        push_confirmed_on = NULL, revision = device.revision + 1
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
      SELECT device.id, device.push_provider, device.push_kind, device.push_sealed,
        device.product_id, coalesce(product.name, device.product_id), device.version,
        device.country, device.time_zone, device.language, device.channel, device.cohort,
        device.hardware, device.release_counter, device.counter_unreadable
      FROM device
      LEFT JOIN product ON product.id = device.product_id
      WHERE device.id = ANY ($1)
      ORDER BY device.id
      FOR SHARE OF device
      """;

  /** A statement of its own, behind the lock: in the same one a link made meanwhile is not seen. */
  static final String LINKS =
      """
      SELECT link.device_id, link.account_id FROM device_account AS link
      WHERE link.device_id = ANY ($1)
      ORDER BY link.device_id, link.account_id
      """;

  static final String FIND =
      """
      SELECT device.id, device.kind, device.product_id, device.version, device.country,
        device.time_zone, device.language, device.channel, device.cohort, device.hardware,
        device.release_counter, device.counter_unreadable,
        EXISTS (SELECT 1 FROM device_account AS link WHERE link.device_id = device.id),
        device.push_sealed IS NOT NULL, device.push_confirmed_on,
        EXISTS (
          SELECT 1 FROM push_proof AS proof
          WHERE proof.device_id = device.id AND proof.tries_left > 0
            AND proof.expires_at > now()),
        device.registered_at, device.last_seen_on, device.revision
      FROM device
      WHERE device.id = $1
      """;

  // The hash tells nobody who can measure a comparison anything of the secret: it has a key.
  private static final String HAS_SECRET = "AND device.secret_index = $2";

  static final String SIGN_IN = FIND + HAS_SECRET;

  static final String IS_KEY = "SELECT 1 FROM device WHERE device.id = $1 " + HAS_SECRET;

  private DeviceSql() {}
}
