package io.towncrier.delivery.postgres;

/** The statements of the ladder (docs/adr/0068). */
final class LadderSql {
  // Only what was accepted is locked: an opt-out passes by a row that is locked and waits. A device
  // stands in each name, so nobody finds another one's delivery. A row for each name.
  static final String LOCK =
      """
      SELECT wanted.place, wanted.receipts, wanted.notice_id, wanted.device_id,
        held.notice_id IS NOT NULL AS is_accepted, held.finished_at, held.held_at,
        held.arrived_at, held.arrived_by, held.shown_at, held.shown_by, held.opened_at,
        held.opened_by, held.dropped_at, held.dropped_by, held.dropped_because
      FROM (
        SELECT named.place, own.notice_id, own.device_id,
          coalesce(alerts.delivery_receipts, true) AND NOT EXISTS (
            SELECT 1 FROM device_account AS link
            JOIN notification_alerts AS shared ON shared.owner = link.account_id
            WHERE link.device_id = named.device_id AND NOT shared.delivery_receipts) AS receipts
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[])
          AS named (place, device_id, notice_id, message)
        LEFT JOIN notification_alerts AS alerts ON alerts.owner = named.device_id
        LEFT JOIN delivery AS own ON own.device_id = named.device_id
          AND (own.notice_id = named.notice_id OR own.accepted_as = named.message)
          AND own.state NOT IN ('SUPPRESSED', 'DEAD')
        ORDER BY own.notice_id, own.device_id) AS wanted
      LEFT JOIN LATERAL (
        SELECT * FROM delivery
        WHERE delivery.notice_id = wanted.notice_id AND delivery.device_id = wanted.device_id
          AND delivery.state = 'ACCEPTED'
        FOR NO KEY UPDATE) AS held ON true
      """;

  // The counts are written beside, and by no trigger: this is the one statement that writes steps,
  // and each claim and each result would pay for a trigger.
  static final String WRITE =
      """
      WITH counted AS (
        INSERT INTO notice_change (notice_id, axis, value, state, devices, tried, pruned, seen)
        SELECT step.notice_id, step.axis, step.value, step.state, step.devices, 0, 0, 0
        FROM unnest($13::text[], $14::text[], $15::text[], $16::text[], $17::bigint[])
          AS step (notice_id, axis, value, state, devices))
      UPDATE delivery
      SET held_at = told.held_at, arrived_at = told.arrived_at, arrived_by = told.arrived_by,
        shown_at = told.shown_at, shown_by = told.shown_by, opened_at = told.opened_at,
        opened_by = told.opened_by, dropped_at = told.dropped_at, dropped_by = told.dropped_by,
        dropped_because = told.dropped_because,
        steps_since = coalesce(delivery.steps_since, $18)
      FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[],
          $6::timestamptz[], $7::text[], $8::timestamptz[], $9::text[], $10::timestamptz[],
          $11::text[], $12::text[])
        AS told (notice_id, device_id, held_at, arrived_at, arrived_by, shown_at, shown_by,
          opened_at, opened_by, dropped_at, dropped_by, dropped_because)
      WHERE delivery.notice_id = told.notice_id AND delivery.device_id = told.device_id
      """;

  private static final String FORGET =
      """
      UPDATE delivery
      SET held_at = NULL, arrived_at = NULL, arrived_by = NULL, shown_at = NULL, shown_by = NULL,
        opened_at = NULL, opened_by = NULL, dropped_at = NULL, dropped_by = NULL,
        dropped_because = NULL, steps_since = NULL
      """;

  // Nothing is recorded of such a push any more, so none is left behind.
  static final String FORGET_OLD =
      FORGET
          + """
          WHERE (delivery.notice_id, delivery.device_id) IN (
            SELECT old.notice_id, old.device_id FROM delivery AS old
            WHERE old.steps_since < $1
            ORDER BY old.steps_since
            LIMIT $2
            FOR UPDATE SKIP LOCKED)
          """;

  // What others see on their devices as well is theirs, too. Locked in the order in which receipts
  // are: one of a check that runs meanwhile must not make the cancellation fail.
  static final String FORGET_OF_ACCOUNT =
      FORGET
          + """
          WHERE (delivery.notice_id, delivery.device_id) IN (
            SELECT own.notice_id, own.device_id FROM delivery AS own
            WHERE own.steps_since IS NOT NULL AND own.device_id IN (
              SELECT link.device_id FROM device_account AS link
              WHERE link.account_id = $1 AND NOT EXISTS (
                SELECT 1 FROM device_account AS other
                WHERE other.device_id = link.device_id AND other.account_id <> $1))
            ORDER BY own.notice_id, own.device_id
            FOR NO KEY UPDATE)
          """;

  private LadderSql() {}
}
