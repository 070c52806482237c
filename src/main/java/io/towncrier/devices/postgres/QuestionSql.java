package io.towncrier.devices.postgres;

/** The statements of what earlier registrations are asked, and of the counts. */
final class QuestionSql {
  /**
   * A change that takes the address away waits for the end of this transaction, and sees the lease.
   * Of several that ask the same holder at once one does, so that none of them counts past the
   * other.
   */
  static final String EARLIER_HOLDER =
      """
      SELECT holder.id, holder.push_provider, holder.push_kind, holder.push_sealed,
        holder.push_index
      FROM device AS holder
      WHERE holder.push_sealed IS NOT NULL AND holder.push_index <> ALL ($2) AND holder.id = (
        SELECT earlier.id
        FROM device AS mine
        JOIN device AS earlier ON earlier.identifier_index = mine.identifier_index
        WHERE mine.id = $1 AND earlier.id <> mine.id AND earlier.kind = mine.kind
          AND earlier.registered_at <= mine.registered_at
          AND earlier.push_sealed IS NOT NULL AND earlier.push_index <> ALL ($2)
          AND (mine.ecv_index IS NULL OR earlier.ecv_index IS DISTINCT FROM mine.ecv_index)
        ORDER BY earlier.registered_at DESC, earlier.id
        LIMIT 1)
      FOR NO KEY UPDATE OF holder SKIP LOCKED
      """;

  static final String ASK =
      """
      INSERT INTO push_question (id, device_id, holder_id, address_index, challenge_index,
        expires_at, lease_until)
      VALUES ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 ms')
      """;

  static final String ASKED =
      "UPDATE push_question SET lease_until = NULL WHERE push_question.id = $1";

  static final String OF =
      """
      SELECT question.id, question.device_id, question.holder_id, question.address_index,
        question.challenge_index, question.expires_at
      FROM push_question AS question
      WHERE (question.device_id = $1 OR question.holder_id = $1) AND question.expires_at > $2
      """;

  static final String GIVE_UP =
      """
      UPDATE device
      SET push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL,
        push_confirmed_on = NULL, revision = device.revision + 1
      WHERE device.id = $1 AND device.push_index = $2
      """;

  /** Written under one version of the keys, counted under both: a rotation doubles no limit. */
  static final String COUNT =
      """
      INSERT INTO challenge_sent (device_id, address_index, at, asks)
      SELECT $1::text, $2::bytea, $3::timestamptz, $4::boolean
      WHERE (
          SELECT count(*) FROM challenge_sent AS sent
          WHERE sent.device_id = $1 AND sent.asks = $4
            AND sent.at > $3::timestamptz - interval '1 hour') < $5
        AND (
          SELECT count(*) FROM challenge_sent AS sent
          WHERE sent.address_index = ANY ($6)
            AND sent.at > $3::timestamptz - interval '1 hour') < $5
      """;

  /** When the oldest of so many newest is an hour old, of the device or of the address. */
  static final String FREE_AT =
      """
      SELECT greatest(
        (SELECT sent.at FROM challenge_sent AS sent
          WHERE sent.device_id = $1 AND sent.asks = $3
          ORDER BY sent.at DESC OFFSET $4::bigint - 1 LIMIT 1),
        (SELECT sent.at FROM challenge_sent AS sent
          WHERE sent.address_index = ANY ($2)
          ORDER BY sent.at DESC OFFSET $4::bigint - 1 LIMIT 1)) + interval '1 hour' AS free_at
      """;

  static final String DROP_EXPIRED =
      """
      DELETE FROM push_question
      WHERE push_question.id IN (
        SELECT expired.id FROM push_question AS expired
        WHERE expired.expires_at <= $1
          AND (expired.lease_until IS NULL OR expired.lease_until <= clock_timestamp())
        ORDER BY expired.expires_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  static final String DROP_COUNTED =
      """
      DELETE FROM challenge_sent
      WHERE challenge_sent.ctid = ANY (ARRAY(
        SELECT old.ctid FROM challenge_sent AS old
        WHERE old.at <= $1::timestamptz - interval '1 hour'
        LIMIT $2))
      """;

  static final String DROP_REGISTRATIONS =
      """
      DELETE FROM registration_count
      WHERE registration_count.hour <= $1::timestamptz - interval '2 hours'
      """;

  private QuestionSql() {}
}
