package io.towncrier.ddi.postgres;

/**
 * The statements of devices that speak DDI or poll as RAUC does. They read and write the row of the
 * device, which belongs to the feature devices (docs/adr/0005): a poll is to read one row.
 */
final class ControllerSql {
  private static final String POLLED =
      """
      SELECT device.id, device.product_id, device.version, device.country, device.time_zone,
        device.language, device.channel, device.cohort, device.hardware, device.release_counter,
        device.counter_unreadable, device.last_seen_on, device.config_link, device.config_link_at,
        device.action_open, device.boot_id, device.token_index IS NOT NULL AS has_token,
        attempt.version AS attempt_version, attempt.state AS attempt_state, attempt.former,
        attempt.boot, attempt.succeeded_at, attempt.target_since, attempt.held_until
      FROM device
      LEFT JOIN device_outcome AS attempt
        ON attempt.device_id = device.id AND attempt.current
      """;

  // The hashes tell nobody who can measure a comparison anything of the tokens: they have keys.
  static final String BY_ID = POLLED + "WHERE device.id = $1 AND device.secret_index = ANY ($2)";

  static final String BY_TARGET =
      POLLED
          + """
          WHERE device.controller_index = ANY ($1)
            AND (device.secret_index = ANY ($2) OR device.token_index = ANY ($3))
          """;

  static final String BY_GATEWAY =
      POLLED
          + """
          JOIN gateway_token AS token ON token.product_id = device.product_id
          WHERE device.controller_index = ANY ($1) AND device.revoked_at IS NULL
            AND token.token_index = ANY ($2) AND token.revoked_at IS NULL
          """;

  /** From then on the token is the device's secret in every dialect. */
  static final String SHOWN =
      """
      UPDATE device SET secret_index = $2, token_index = NULL, revision = device.revision + 1
      WHERE device.id = $1 AND device.token_index = ANY ($3)
      """;

  static final String GATEWAY =
      """
      SELECT token.product_id, token.country FROM gateway_token AS token
      WHERE token.token_index = ANY ($1) AND token.revoked_at IS NULL
      """;

  /** What is stored under an older version of the keys, under the one that is written now. */
  static final String RENEW_SECRET =
      """
      UPDATE device SET secret_index = $2
      WHERE device.id = $1 AND device.secret_index = ANY ($3)
      """;

  static final String RENEW_CONTROLLERS =
      """
      UPDATE device SET controller_index = given.next
      FROM unnest($1::bytea[], $2::bytea[]) AS given (old, next)
      WHERE device.controller_index = given.old
      """;

  static final String RENEW_GATEWAY =
      "UPDATE gateway_token SET token_index = $1 WHERE token_index = ANY ($2)";

  private static final String NEW =
      """
      INSERT INTO device (id, kind, product_id, version, country, channel, cohort,
        counter_unreadable, controller_index, secret_index, token_index, config_link,
        config_link_at, registered_at, last_seen_on, imported_at, revision)
      """;

  /** Its cohort is its id: opaque, and the same each time. */
  static final String ADD =
      NEW
          + """
          VALUES ($1, 'ROUTER', $2, '', $3, $4, $1, false, $5, $6, NULL, 'ASKED', $7, $7,
            ($7::timestamptz AT TIME ZONE 'UTC')::date, NULL, 0)
          ON CONFLICT (controller_index) WHERE controller_index IS NOT NULL DO NOTHING
          """;

  /**
   * Locked in the order of the index, so that two imports never wait for each other in a circle.
   */
  static final String IMPORT =
      NEW
          + """
          SELECT given.id, 'ROUTER', $1, '', given.country, $2, given.id, false, given.controller,
            given.secret, given.token, 'ASKED', $3::timestamptz, $3::timestamptz,
            ($3::timestamptz AT TIME ZONE 'UTC')::date, $3::timestamptz, 0
          FROM unnest($4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::bytea[])
            AS given (id, country, controller, secret, token)
          ORDER BY given.controller
          ON CONFLICT (controller_index) WHERE controller_index IS NOT NULL
          DO UPDATE SET product_id = excluded.product_id, secret_index = excluded.secret_index,
            token_index = excluded.token_index, revoked_at = NULL,
            imported_at = coalesce(device.imported_at, excluded.imported_at),
            revision = device.revision + 1
          WHERE device.removed_at IS NULL
          RETURNING device.id, device.controller_index
          """;

  static final String ASK =
      "UPDATE device SET config_link = $2, config_link_at = $3 WHERE device.id = $1";

  static final String BOOTED =
      """
      UPDATE device SET boot_id = $2
      WHERE device.id = $1 AND device.boot_id IS DISTINCT FROM $2
      """;

  private ControllerSql() {}
}
