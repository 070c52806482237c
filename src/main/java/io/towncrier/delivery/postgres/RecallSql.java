package io.towncrier.delivery.postgres;

/** The statements of recalls (docs/adr/0070); intents are written by those of the outbox. */
final class RecallSql {
  // Whether a provider may hold the push, while nobody is sending it. A push whose lease ran out
  // may have reached the provider; no provider holds a push for longer than a day.
  private static final String IS_HELD =
      """
      held.recall IS NULL AND CASE WHEN held.state = 'SENDING'
        THEN held.lease_until <= now()
          AND greatest(held.held_until, held.lease_until + interval '1 day') > now()
        ELSE held.held_until > now() END
      """;

  private static final String MARK =
      """
      UPDATE delivery
      SET recall = 'WAITING', recall_because = '%s', recall_at = %s,
        held_until = CASE WHEN delivery.state = 'SENDING'
          THEN greatest(delivery.held_until, delivery.lease_until + interval '1 day')
          ELSE delivery.held_until END
      """;

  static final String INTENTS =
      """
      SELECT intent.id, intent.owner, intent.notice_id,
        intent.made_at + $1 * interval '1 ms' < clock_timestamp() AS is_due
      FROM recall_intent AS intent
      ORDER BY intent.made_at, intent.id
      LIMIT $2
      """;

  // By what the owner's alerts forbid now: what was switched on again meanwhile is left alone.
  static final String EXPAND_OF_OWNER =
      """
      WITH expanded AS (
        DELETE FROM recall_intent WHERE recall_intent.id = $1 RETURNING recall_intent.owner)
      """
          // Taken before those of a large notice.
          + MARK.formatted("opt-out", "now() - interval '1 day'")
          + """
          WHERE delivery.recall IS NULL AND (delivery.notice_id, delivery.device_id) IN (
            SELECT held.notice_id, held.device_id
            FROM expanded
            JOIN notification_alerts AS alerts ON alerts.owner = expanded.owner
            CROSS JOIN LATERAL (
              SELECT expanded.owner AS id UNION
              SELECT link.device_id FROM device_account AS link
              WHERE link.account_id = expanded.owner) AS addressed
            JOIN delivery AS held ON held.device_id = addressed.id
            JOIN push_content AS content ON content.notice_id = held.notice_id
            WHERE (NOT alerts.push
                OR upper(replace(content.category, '-', '_')) = ANY (alerts.categories_off))
              AND
          """
          + IS_HELD
          + ")";

  // In the order of the key, so that no page looks at what one before has seen.
  static final String EXPAND_OF_NOTICE =
      """
      WITH page AS (
        SELECT held.device_id, (
      """
          + IS_HELD
          + """
          ) AS is_held
        FROM delivery AS held
        WHERE held.notice_id = $2 AND held.device_id > (
          SELECT intent.after_device FROM recall_intent AS intent WHERE intent.id = $1)
        ORDER BY held.device_id
        LIMIT $3
      ), marked AS (
      """
          + MARK.formatted("notice-cancelled", "now()")
          + """
          FROM page
          WHERE delivery.notice_id = $2 AND delivery.device_id = page.device_id
            AND page.is_held AND delivery.recall IS NULL
          ), moved AS (
            UPDATE recall_intent SET after_device = last.device_id
            FROM (SELECT max(page.device_id) AS device_id FROM page) AS last
            WHERE recall_intent.id = $1 AND last.device_id IS NOT NULL
          )
          SELECT count(*) AS looked FROM page
          """;

  static final String EXPANDED = "DELETE FROM recall_intent WHERE recall_intent.id = $1";

  static final String TAKE =
      """
      WITH taken AS (
        UPDATE delivery SET recall_at = now() + $2 * interval '1 ms'
        WHERE (delivery.notice_id, delivery.device_id) IN (
          SELECT due.notice_id, due.device_id FROM delivery AS due
          WHERE due.recall = 'WAITING' AND due.recall_at <= now()
            AND due.provider <> ALL ($3::text[])
          ORDER BY due.recall_at
          LIMIT $1
          FOR UPDATE SKIP LOCKED)
        RETURNING delivery.notice_id, delivery.device_id
      )
      SELECT taken.notice_id, taken.device_id FROM taken
      """;

  // What an earlier recall has named is named again: the new one may take its place. One that waits
  // for a later moment is not due because another push of its device was taken.
  static final String OF_DEVICES =
      """
      SELECT held.notice_id, held.device_id, content.category, held.provider, held.accepted_as,
        held.recall = 'WAITING' AND (held.notice_id, held.device_id) IN (
          SELECT taken.notice_id, taken.device_id
          FROM unnest($3::text[], $1::text[]) AS taken (notice_id, device_id)) AS is_due,
        ceil(extract(epoch FROM held.held_until - now()))::bigint AS seconds_left,
        device.push_provider, device.push_kind, device.push_sealed,
        device.kit IS NOT NULL AS has_kit,
        -- Categories of which the device must get no push, and all held pushes are called back.
        ARRAY (
          SELECT asked.category FROM unnest($2::text[]) AS asked (category)
          WHERE EXISTS (
            SELECT 1 FROM notification_alerts AS alerts
            WHERE alerts.owner IN (
                SELECT device.id UNION ALL
                SELECT link.account_id FROM device_account AS link
                WHERE link.device_id = device.id)
              AND (NOT alerts.push
                OR upper(replace(asked.category, '-', '_')) = ANY (alerts.categories_off)))
            AND NOT EXISTS (
              SELECT 1 FROM delivery AS other
              JOIN push_content AS about ON about.notice_id = other.notice_id
              WHERE other.device_id = device.id AND about.category = asked.category
                AND other.recall IS NULL
                AND (other.held_until > now() OR other.state = 'SENDING'))) AS silent
      FROM delivery AS held
      JOIN push_content AS content ON content.notice_id = held.notice_id
      JOIN device ON device.id = held.device_id
      WHERE held.device_id = ANY ($1) AND held.recall IS NOT NULL
        AND (held.recall = 'WAITING' OR held.held_until > now())
      ORDER BY held.device_id, content.category, held.held_until DESC, held.notice_id
      """;

  static final String RECORD =
      """
      UPDATE delivery
      SET recall = answered.recall, recall_answer = answered.answer,
        recall_at = now() + answered.again_millis * interval '1 ms'
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
        AS answered (notice_id, device_id, recall, answer, again_millis)
      WHERE delivery.notice_id = answered.notice_id AND delivery.device_id = answered.device_id
        -- coalesce, so that the row is found by its key. Without it the planner may use the index
        -- of waiting recalls: it expects none in there, and would read all of them.
        AND coalesce(delivery.recall, '') = 'WAITING'
      """;

  private RecallSql() {}
}
