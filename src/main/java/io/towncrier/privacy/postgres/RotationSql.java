package io.towncrier.privacy.postgres;

import java.util.List;

/**
 * The statements of a rotation. They touch the tables of the features that keep something sealed:
 * what is sealed is moved for all of them in one place.
 */
final class RotationSql {
  static final String FIND =
      """
      SELECT rotation.former, rotation.next, rotation.phase, rotation.since, rotation.switched_at,
        rotation.walked, rotation.after_id, rotation.resealed, rotation.sealed_left,
        rotation.hashed_left, rotation.last_left
      FROM key_rotation AS rotation
      """;

  static final String LOCK = FIND + "FOR UPDATE SKIP LOCKED";

  // The row of the ring is where those meet who begin at once; what is under way has two versions.
  static final String BEGIN =
      """
      WITH ring AS (
        UPDATE key_ring SET revision = key_ring.revision + 1
        WHERE (SELECT count(*) FROM key_version) = 1
        RETURNING key_ring.revision),
      coming AS (
        INSERT INTO key_version (version, use, wrapped, wrapped_by)
        SELECT $1::int, 'COMING', $2::bytea, $3::text FROM ring
        ON CONFLICT DO NOTHING
        RETURNING key_version.version),
      known AS (
        INSERT INTO key_check (version, value)
        SELECT $1::int, $4::bytea FROM coming
        ON CONFLICT DO NOTHING)
      INSERT INTO key_rotation (former, next, phase, since, walked, after_id)
      SELECT written.version, $1::int, 'ANNOUNCED', $5::timestamptz, 'ACCOUNT', ''
      FROM coming JOIN key_version AS written ON written.use = 'WRITTEN'
      ON CONFLICT DO NOTHING
      """;

  static final String PROOFS_ARE_KNOWN_BY_BOTH =
      """
      SELECT NOT EXISTS (
        SELECT FROM push_proof AS proof
        WHERE proof.tries_left > 0 AND proof.expires_at > $1 AND proof.other_index IS NULL)
        AS known_by_both
      """;

  // Those who move an address hold it shared, and then look at the revision (devices.postgres).
  static final String AGAINST_MOVES =
      "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('towncrier.key_ring'))) AS held";

  static final String FORMER_IS_FORMER =
      "UPDATE key_version SET use = 'FORMER' WHERE key_version.version = $1";

  static final String NEXT_IS_WRITTEN =
      """
      WITH ring AS (UPDATE key_ring SET revision = key_ring.revision + 1)
      UPDATE key_version SET use = 'WRITTEN' WHERE key_version.version = $1
      """;

  static final String SAVE =
      """
      UPDATE key_rotation
      SET phase = $1, since = $2, switched_at = $3, walked = $4, after_id = $5, resealed = $6,
        sealed_left = $7, hashed_left = $8, last_left = $9
      """;

  static final String ACCOUNTS =
      """
      SELECT account.id, account.id AS place, 'account-subject' AS purpose,
        account.subject_sealed AS sealed, account.subject_index AS index
      FROM account
      WHERE account.id > $1
      ORDER BY account.id
      LIMIT $2
      """;

  static final String CANCELLED =
      """
      SELECT erasure.id, coalesce(erasure.account_id, '') AS place, 'account-subject' AS purpose,
        erasure.subject_sealed AS sealed, erasure.subject_index AS index
      FROM erasure
      WHERE erasure.id > $1
      ORDER BY erasure.id
      LIMIT $2
      """;

  static final String RECEIPTS =
      """
      SELECT erasure.id, erasure.id AS place, '' AS purpose, erasure.receipt_sealed AS sealed,
        NULL::bytea AS index
      FROM erasure
      WHERE erasure.id > $1
      ORDER BY erasure.id
      LIMIT $2
      """;

  static final String AT_PROCESSORS =
      """
      SELECT processor_erasure.id, processor_erasure.device_id AS place, '' AS purpose,
        processor_erasure.push_sealed AS sealed, NULL::bytea AS index
      FROM processor_erasure
      WHERE processor_erasure.id > $1
      ORDER BY processor_erasure.id
      LIMIT $2
      """;

  /** Named by device and provider, as there may be several of a device. */
  static final String PUSH_ADDRESSES =
      """
      SELECT push_address.device_id || '/' || push_address.provider AS id,
        push_address.device_id AS place, 'push-address/' || push_address.provider AS purpose,
        push_address.sealed, push_address.address_index AS index
      FROM push_address
      WHERE push_address.device_id || '/' || push_address.provider > $1
      ORDER BY push_address.device_id || '/' || push_address.provider
      LIMIT $2
      """;

  /** The hashes that stand in {@link #DEVICES}, and in no other statement. */
  static final List<String> HASHES =
      List.of("secret_index", "identifier_index", "ecv_index", "controller_index", "token_index");

  /** Tokens of gateways are walked with them: they have hashes and nothing that is sealed. */
  static final String DEVICES =
      """
      SELECT kept.id, kept.id AS place, kept.purpose, kept.push_sealed AS sealed,
        kept.push_index AS index, kept.secret_index, kept.identifier_index, kept.ecv_index,
        kept.controller_index, kept.token_index
      FROM (
        SELECT device.id, 'push-address/' || coalesce(device.push_provider, '') AS purpose,
          device.push_sealed, device.push_index, device.secret_index, device.identifier_index,
          device.ecv_index, device.controller_index, device.token_index
        FROM device
        UNION ALL
        SELECT gateway_token.id, '', NULL, NULL, NULL, NULL, NULL, NULL, gateway_token.token_index
        FROM gateway_token
        WHERE gateway_token.revoked_at IS NULL) AS kept
      WHERE kept.id > $1
      ORDER BY kept.id
      LIMIT $2
      """;

  // In the order of the ids, as claims lock them, and without waiting for any.
  private static final String FRESH =
      """
      WITH fresh AS (
        SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bytea[])
          AS fresh (id, was, sealed, was_index, index)),
      """;

  static final String RESEAL_ACCOUNTS =
      FRESH
          + """
          held AS (
            SELECT account.id FROM account
            WHERE account.id IN (SELECT fresh.id FROM fresh)
            ORDER BY account.id
            FOR UPDATE SKIP LOCKED)
          UPDATE account SET subject_sealed = fresh.sealed, subject_index = fresh.index
          FROM fresh JOIN held ON held.id = fresh.id
          WHERE account.id = fresh.id AND account.subject_sealed = fresh.was
          """;

  private static final String HELD_ERASURES =
      """
      held AS (
        SELECT erasure.id FROM erasure
        WHERE erasure.id IN (SELECT fresh.id FROM fresh)
        ORDER BY erasure.id
        FOR UPDATE SKIP LOCKED)
      """;

  static final String RESEAL_CANCELLED =
      FRESH
          + HELD_ERASURES
          + """
          UPDATE erasure SET subject_sealed = fresh.sealed, subject_index = fresh.index
          FROM fresh JOIN held ON held.id = fresh.id
          WHERE erasure.id = fresh.id AND erasure.subject_sealed = fresh.was
          """;

  static final String RESEAL_RECEIPTS =
      FRESH
          + HELD_ERASURES
          + """
          UPDATE erasure SET receipt_sealed = fresh.sealed
          FROM fresh JOIN held ON held.id = fresh.id
          WHERE erasure.id = fresh.id AND erasure.receipt_sealed = fresh.was
          """;

  static final String RESEAL_AT_PROCESSORS =
      FRESH
          + """
          held AS (
            SELECT processor_erasure.id FROM processor_erasure
            WHERE processor_erasure.id IN (SELECT fresh.id FROM fresh)
            ORDER BY processor_erasure.id
            FOR UPDATE SKIP LOCKED)
          UPDATE processor_erasure SET push_sealed = fresh.sealed
          FROM fresh JOIN held ON held.id = fresh.id
          WHERE processor_erasure.id = fresh.id AND processor_erasure.push_sealed = fresh.was
          """;

  // Behind the lock of the device, as everybody changes them.
  static final String RESEAL_PUSH_ADDRESSES =
      FRESH
          + """
          held AS (
            SELECT device.id FROM device
            WHERE device.id IN (SELECT split_part(fresh.id, '/', 1) FROM fresh)
            ORDER BY device.id
            FOR NO KEY UPDATE SKIP LOCKED)
          UPDATE push_address SET sealed = fresh.sealed, address_index = fresh.index
          FROM fresh JOIN held ON held.id = split_part(fresh.id, '/', 1)
          WHERE push_address.device_id = held.id
            AND push_address.provider = split_part(fresh.id, '/', 2)
            AND push_address.sealed = fresh.was
          """;

  static final String RESEAL_DEVICES =
      FRESH
          + """
          held AS (
            SELECT device.id FROM device
            WHERE device.id IN (SELECT fresh.id FROM fresh)
            ORDER BY device.id
            FOR NO KEY UPDATE SKIP LOCKED),
          asked AS (
            UPDATE push_question SET address_index = fresh.index
            FROM fresh JOIN held ON held.id = fresh.id
            WHERE push_question.holder_id = fresh.id
              AND push_question.address_index = fresh.was_index)
          UPDATE device SET push_sealed = fresh.sealed, push_index = fresh.index
          FROM fresh JOIN held ON held.id = fresh.id
          WHERE device.id = fresh.id AND device.push_sealed = fresh.was
          """;

  // An address that was set aside two days ago does not count: no walk since then could open it.
  // The address of a push that may be held lives for a day at most, so it is waited for.
  // What was the first of a device is walked later than what stands behind it, and may have changed
  // its place between the two.
  static final String NOTHING_OF_FORMER_WAITS =
      """
      SELECT NOT EXISTS (
        SELECT FROM push_proof AS proof
        WHERE proof.expires_at > $1
          AND substring(proof.sealed FROM 1 FOR octet_length($2::bytea)) = $2::bytea)
        AND NOT EXISTS (
          SELECT FROM processor_erasure AS told
          WHERE substring(told.push_sealed FROM 1 FOR octet_length($2::bytea)) = $2::bytea
            AND (told.closed_since IS NULL OR told.closed_since > $1 - interval '2 days'))
        AND NOT EXISTS (
          SELECT FROM held_push AS held
          WHERE held.held_until > $1
            AND substring(held.sealed FROM 1 FOR octet_length($2::bytea)) = $2::bytea)
        AND NOT EXISTS (
          SELECT FROM push_address AS further
          WHERE further.placed_at > $1 - interval '2 days'
            AND substring(further.sealed FROM 1 FOR octet_length($2::bytea)) = $2::bytea)
        AS nothing_waits
      """;

  static final String END_VERSION =
      """
      WITH ring AS (UPDATE key_ring SET revision = key_ring.revision + 1),
      known AS (DELETE FROM key_check WHERE key_check.version = $1)
      DELETE FROM key_version WHERE key_version.version = $1 AND key_version.use = 'FORMER'
      """;

  static final String END = "DELETE FROM key_rotation";

  private RotationSql() {}
}
