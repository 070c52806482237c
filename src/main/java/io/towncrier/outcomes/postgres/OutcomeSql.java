package io.towncrier.outcomes.postgres;

/** The statements of attempts. */
final class OutcomeSql {
  static final String COLUMNS =
      """
      device_outcome.device_id, device_outcome.product_id, device_outcome.version,
        device_outcome.state, device_outcome.attempt, device_outcome.phase, device_outcome.counted,
        device_outcome.mark, device_outcome.begun, device_outcome.former, device_outcome.boot,
        device_outcome.succeeded_at, device_outcome.target_since, device_outcome.since,
        device_outcome.heard_at, device_outcome.held_until, device_outcome.progress,
        device_outcome.code, device_outcome.history::text
      """;

  // Two reports at once make one row.
  static final String ADD =
      """
      INSERT INTO device_outcome (device_id, version, product_id, state, since, heard_at)
      VALUES ($1, $2, $3, 'none', $4, $4)
      ON CONFLICT (device_id, version) DO NOTHING
      """;

  /** The attempt with the release, and the one that the device is busy with; in one order. */
  static final String LOCK =
      "SELECT "
          + COLUMNS
          + """
          FROM device_outcome
          WHERE device_outcome.device_id = $1
            AND (device_outcome.version = $2 OR device_outcome.current)
          ORDER BY device_outcome.version
          FOR UPDATE
          """;

  // When the device came, or whether an operator brought it, says if its reports count
  // (docs/adr/0051).
  static final String REGISTERED =
      """
      SELECT device.registered_at, device.imported_at IS NOT NULL AS imported,
        device.last_seen_on
      FROM device WHERE device.id = $1
      """;

  static final String DUE =
      """
      SELECT device_outcome.device_id, device_outcome.product_id, device_outcome.version
      FROM device_outcome
      WHERE device_outcome.due_at <= $1
      ORDER BY device_outcome.due_at
      LIMIT $2
      """;

  static final String SAVE =
      """
      UPDATE device_outcome
      SET current = $3, state = $4, attempt = $5, phase = $6, counted = $7, mark = $8, begun = $9,
        former = $10, boot = $11, succeeded_at = $12, target_since = $13, since = $14,
        heard_at = $15, held_until = $16, due_at = $17, progress = $18, code = $19,
        network = coalesce($20, device_outcome.network), history = $21::text::jsonb
      WHERE device_outcome.device_id = $1 AND device_outcome.version = $2
      RETURNING device_outcome.network
      """;

  static final String COUNT =
      """
      INSERT INTO outcome_change (product_id, version, phase, counted, what, devices)
      SELECT $1, $2, change.phase, change.counted, change.what, change.devices
      FROM unnest($3::int[], $4::boolean[], $5::text[], $6::int[])
        AS change (phase, counted, what, devices)
      """;

  static final String COUNT_NETWORK =
      """
      INSERT INTO outcome_network AS known (product_id, version, network, failures)
      VALUES ($1, $2, $3, 1)
      ON CONFLICT (product_id, version, network) DO UPDATE SET failures = known.failures + 1
      """;

  /** A failure that a later attempt has made good. */
  static final String UNCOUNT_NETWORK =
      """
      UPDATE outcome_network SET failures = outcome_network.failures - 1
      WHERE outcome_network.product_id = $1 AND outcome_network.version = $2
        AND outcome_network.network = $3 AND outcome_network.failures > 0
      """;

  static final String OF_DEVICE =
      "SELECT "
          + COLUMNS
          + """
          FROM device_outcome
          WHERE device_outcome.device_id = $1
          ORDER BY device_outcome.current DESC, device_outcome.heard_at DESC
          LIMIT $2
          """;

  static final String CURRENT =
      "SELECT "
          + COLUMNS
          + """
          FROM device_outcome
          WHERE device_outcome.device_id = ANY ($1::text[]) AND device_outcome.current
          """;

  private OutcomeSql() {}
}
