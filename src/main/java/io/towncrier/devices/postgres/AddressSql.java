package io.towncrier.devices.postgres;

/** The statements of the push addresses; a device is always locked before what waits for proof. */
final class AddressSql {
  static final String LOCK =
      """
      SELECT device.push_provider AS provider, device.push_kind AS kind,
        device.push_sealed AS sealed, device.push_index AS address_index,
        device.push_confirmed_on AS confirmed_on
      FROM device
      WHERE device.id = $1 AND device.revoked_at IS NULL
      FOR UPDATE
      """;

  /** A statement of its own, behind the lock: in the same one a change made meanwhile is unseen. */
  static final String FURTHER =
      """
      SELECT further.provider, further.kind, further.sealed, further.address_index,
        further.confirmed_on
      FROM push_address AS further
      WHERE further.device_id = $1
      ORDER BY further.preference, further.provider
      """;

  static final String DROP_FURTHER = "DELETE FROM push_address WHERE push_address.device_id = $1";

  static final String ADD_FURTHER =
      """
      INSERT INTO push_address (device_id, provider, preference, kind, sealed, address_index,
        confirmed_on)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  static final String PROPOSE =
      """
      INSERT INTO push_proof (id, device_id, provider, kind, sealed, address_index,
        challenge_index, expires_at, tries_left, lease_until, other_index, preference)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + $10 * interval '1 ms', $11, $12)
      """;

  /** Of one provider, or of all. */
  static final String VOID =
      """
      UPDATE push_proof SET tries_left = 0
      WHERE push_proof.device_id = $1 AND ($2::text IS NULL OR push_proof.provider = $2)
      """;

  /**
   * What is void is kept while its challenge is being pushed, as somebody may wait for its end;
   * what was proved is kept until it expires, as the same echo may come again.
   */
  static final String DROP_VOID =
      """
      DELETE FROM push_proof
      WHERE push_proof.device_id = $1 AND push_proof.tries_left = 0
        AND push_proof.proved_at IS NULL
        AND (push_proof.lease_until IS NULL OR push_proof.lease_until <= clock_timestamp())
      """;

  static final String CHALLENGE_ENDED =
      "UPDATE push_proof SET lease_until = NULL WHERE push_proof.id = $1";

  static final String DROP_IF_VOID =
      """
      DELETE FROM push_proof
      WHERE push_proof.id = $1 AND push_proof.tries_left = 0 AND push_proof.proved_at IS NULL
      """;

  static final String PROVED =
      """
      UPDATE push_proof
      SET proved_at = $2::timestamptz, losers = $3, tries_left = 0,
        expires_at = greatest(push_proof.expires_at, $2::timestamptz + interval '1 hour')
      WHERE push_proof.id = $1
      """;

  /** By which the device got an address that it has. */
  static final String PROVED_BEFORE =
      """
      SELECT proof.challenge_index, proof.losers
      FROM push_proof AS proof
      JOIN device ON device.id = proof.device_id
        AND (device.push_index IN (proof.address_index, proof.other_index)
          OR EXISTS (
            SELECT 1 FROM push_address AS further
            WHERE further.device_id = device.id
              AND further.address_index IN (proof.address_index, proof.other_index)))
      WHERE proof.device_id = $1 AND proof.proved_at IS NOT NULL AND proof.expires_at > $2
      """;

  static final String WITHDRAW = "DELETE FROM push_proof WHERE push_proof.id = $1";

  static final String WAITING =
      """
      SELECT push_proof.address_index, push_proof.other_index FROM push_proof
      WHERE push_proof.device_id = $1 AND push_proof.tries_left > 0 AND push_proof.expires_at > $2
      """;

  /**
   * One change at a time for one address: two devices that claim it meet here, not in an error. The
   * versions of the keys do not change meanwhile (docs/adr/0048).
   */
  static final String LOCK_ADDRESS =
      """
      WITH versions AS MATERIALIZED (
        SELECT pg_advisory_xact_lock_shared(hashtext('towncrier.key_ring')))
      SELECT count(pg_advisory_xact_lock(wanted.key)) FROM versions, (
        SELECT hashtextextended(encode(index.value, 'hex'), 0) AS key
        FROM unnest($1::bytea[]) AS index (value)
        ORDER BY 1) AS wanted
      """;

  /** In the order of the ids, as claims lock them: who might lose an address and who gets it. */
  static final String LOCK_HOLDERS =
      """
      SELECT device.id FROM device
      WHERE device.id = $2 OR device.push_index = ANY ($1)
        -- As an array each part of the condition is looked up by an index.
        OR device.id = ANY (ARRAY (
          SELECT further.device_id FROM push_address AS further
          WHERE further.address_index = ANY ($1)))
        OR device.identifier_index = (SELECT mine.identifier_index FROM device AS mine
          WHERE mine.id = $2)
      ORDER BY device.id
      FOR UPDATE
      """;

  static final String TAKE_TRY =
      """
      UPDATE push_proof SET tries_left = push_proof.tries_left - 1
      WHERE push_proof.device_id = $1 AND push_proof.tries_left > 0 AND push_proof.expires_at > $2
        AND push_proof.address_index = ANY ($3)
      RETURNING push_proof.id, push_proof.provider, push_proof.kind, push_proof.sealed,
        push_proof.address_index, push_proof.challenge_index, push_proof.expires_at,
        push_proof.tries_left, push_proof.other_index, push_proof.preference,
        (SELECT key_ring.revision FROM key_ring) AS key_revision
      """;

  /**
   * From the device that had this address, and from earlier registrations of the same identifier
   * with the same environmental characteristic value. An identifier alone can be read off a label.
   */
  static final String TAKE_ADDRESS_AWAY =
      """
      UPDATE device
      SET push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        push_confirmed_on = NULL, revision = device.revision + 1
      FROM device AS mine
      WHERE mine.id = $2 AND device.id <> $2
        AND (device.push_index = ANY ($1)
          OR (device.push_sealed IS NOT NULL AND device.kind = mine.kind
            AND device.identifier_index = mine.identifier_index
            AND device.registered_at <= mine.registered_at
            AND device.ecv_index = mine.ecv_index))
      RETURNING device.id
      """;

  /** From a device that had it behind its first; what else it has, it keeps. */
  static final String TAKE_FURTHER_AWAY =
      """
      WITH taken AS (
        DELETE FROM push_address
        WHERE push_address.address_index = ANY ($1) AND push_address.device_id <> $2
        RETURNING push_address.device_id)
      UPDATE device SET revision = device.revision + 1
      FROM taken
      WHERE device.id = taken.device_id
      RETURNING device.id
      """;

  static final String SET_ADDRESS =
      """
      UPDATE device
      SET push_provider = $2, push_kind = $3, push_sealed = $4, push_index = $5,
        push_confirmed_on = $6, revision = device.revision + 1
      WHERE device.id = $1
      """;

  static final String REMOVE_ADDRESS =
      """
      UPDATE device
      SET push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        push_confirmed_on = NULL, revision = device.revision + 1
      WHERE device.id = $1 AND device.push_sealed IS NOT NULL
      """;

  /** Before what stands behind the first address is read, in statements of their own. */
  static final String HOLD_DEVICE =
      "SELECT device.id FROM device WHERE device.id = $1 FOR NO KEY UPDATE";

  /**
   * Compare and set: the device may have brought a new address since the send. The next one becomes
   * the first, and a trigger takes it from its former place.
   */
  static final String RETIRE_ADDRESS =
      """
      UPDATE device
      SET push_provider = next.provider, push_kind = next.kind, push_sealed = next.sealed,
        push_index = next.address_index, push_confirmed_on = next.confirmed_on,
        revision = device.revision + 1
      FROM (SELECT 1) AS one
      LEFT JOIN LATERAL (
        SELECT further.provider, further.kind, further.sealed, further.address_index,
          further.confirmed_on
        FROM push_address AS further
        WHERE further.device_id = $1
        ORDER BY further.preference
        LIMIT 1) AS next ON true
      WHERE device.id = $1 AND device.push_sealed = $2
      """;

  static final String RETIRE_IDLE_ADDRESS = RETIRE_ADDRESS + "AND device.last_seen_on < $3\n";

  /** The same of one behind the first: a trigger deletes what is marked. */
  static final String RETIRE_FURTHER =
      """
      WITH marked AS (
        UPDATE push_address SET gone = true
        FROM device
        WHERE push_address.device_id = $1 AND push_address.sealed = $2 AND device.id = $1
          AND ($3::date IS NULL OR device.last_seen_on < $3)
        RETURNING push_address.device_id)
      UPDATE device SET revision = device.revision + 1
      FROM marked
      WHERE device.id = marked.device_id
      """;

  /** What a claim or its own device holds right now is left for the next time. */
  static final String PRUNE =
      """
      UPDATE device
      SET push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        push_confirmed_on = NULL, revision = device.revision + 1
      WHERE device.id IN (
        SELECT unseen.id FROM device AS unseen
        WHERE unseen.push_sealed IS NOT NULL AND unseen.last_seen_on <= $1
        ORDER BY unseen.last_seen_on
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  static final String DROP_EXPIRED =
      """
      DELETE FROM push_proof
      WHERE push_proof.id IN (
        SELECT expired.id FROM push_proof AS expired
        WHERE expired.expires_at <= $1
          AND (expired.lease_until IS NULL OR expired.lease_until <= clock_timestamp())
        ORDER BY expired.expires_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  private AddressSql() {}
}
