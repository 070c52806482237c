package io.towncrier.delivery.postgres;

import io.towncrier.delivery.recall.RecallGround;

/** The statements of recalls (docs/adr/0070); intents are written by those of the outbox. */
final class RecallSql {
  // Whether a provider may hold the push, while nobody is sending it. A push whose lease ran out
  // may have reached the provider; no provider holds a push for longer than a day.
  static final String IS_HELD =
      """
      held.recall IS NULL AND CASE WHEN held.state = 'SENDING'
        THEN held.lease_until <= now()
          AND greatest(held.held_until, held.lease_until + interval '1 day') > now()
        ELSE held.held_until > now() END
      """;

  private static final String MARK =
      """
      UPDATE delivery
      SET recall = 'WAITING', recall_because = %s, recall_at = %s,
        held_until = CASE WHEN delivery.state = 'SENDING'
          THEN greatest(delivery.held_until, delivery.lease_until + interval '1 day')
          ELSE delivery.held_until END
      """;

  // What a person or an operator forbade comes before what has only become useless. An instance may
  // claim by a catalogue that it read before a release was withdrawn. What a later version has
  // added
  // is left to it.
  static final String INTENTS =
      """
      SELECT intent.id, intent.owner, intent.notice_id, intent.because,
        intent.made_at + $1 * interval '1 ms'
          + CASE WHEN intent.because = 'withdrawn' THEN interval '1 minute' ELSE interval '0' END
          < clock_timestamp() AS is_due
      FROM recall_intent AS intent
      WHERE intent.because IS NULL
        OR intent.because IN ('withdrawn', 'updated-meanwhile', 'unlinked')
      ORDER BY (intent.because IS NOT NULL), intent.made_at, intent.id
      LIMIT $2
      """;

  // By what the owner's alerts forbid now: what was switched on again meanwhile is left alone.
  static final String EXPAND_OF_OWNER =
      """
      WITH expanded AS (
        DELETE FROM recall_intent WHERE recall_intent.id = $1 RETURNING recall_intent.owner)
      """
          // Taken before those of a large notice.
          + MARK.formatted(literal(RecallGround.OPT_OUT), "now() - interval '1 day'")
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

  // Of a phone those about a router with which it shares no account any more, and of a router those
  // to such phones; all of a device that is nobody's and has lost its address with its account.
  static final String EXPAND_OF_UNLINKED =
      """
      WITH expanded AS (DELETE FROM recall_intent WHERE recall_intent.id = $1)
      """
          + MARK.formatted(
              "CASE WHEN delivery.about_device_id IS NULL THEN %s ELSE %s END"
                  .formatted(
                      literal(RecallGround.ACCOUNT_CANCELLED), literal(RecallGround.UNLINKED)),
              "now()")
          + """
          WHERE delivery.recall IS NULL AND (delivery.notice_id, delivery.device_id) IN (
            SELECT held.notice_id, held.device_id FROM delivery AS held
            WHERE (held.device_id = $2 OR held.about_device_id = $2)
              AND CASE WHEN held.about_device_id IS NULL
                THEN NOT EXISTS (
                    SELECT 1 FROM device_account AS link WHERE link.device_id = held.device_id)
                  AND EXISTS (
                    SELECT 1 FROM device
                    WHERE device.id = held.device_id AND device.push_sealed IS NULL)
                ELSE NOT EXISTS (
                  SELECT 1 FROM device_account AS mine
                  JOIN device_account AS other ON other.account_id = mine.account_id
                  WHERE mine.device_id = held.device_id
                    AND other.device_id = held.about_device_id) END
              AND
          """
          + IS_HELD
          + ")";

  // To the device itself, and to the phones that are notified about it.
  static final String ABOUT_RELEASES =
      """
      SELECT held.notice_id, held.device_id, content.about_product, content.about_version
      FROM delivery AS held
      JOIN push_content AS content ON content.notice_id = held.notice_id
      WHERE ((held.device_id = $1 AND held.about_device_id IS NULL) OR held.about_device_id = $1)
        AND content.about_version IS NOT NULL
        AND
      """
          + IS_HELD;

  static final String EXPAND_OF_UPDATED =
      """
      WITH expanded AS (DELETE FROM recall_intent WHERE recall_intent.id = $1)
      """
          + MARK.formatted("unwanted.because", "now()")
          + """
          FROM unnest($2::text[], $3::text[], $4::text[])
            AS unwanted (notice_id, device_id, because)
          WHERE delivery.notice_id = unwanted.notice_id
            AND delivery.device_id = unwanted.device_id
            -- coalesce, so that the row is found by its key; see RECORD.
            AND coalesce(delivery.recall, '') = ''
          """;

  // In the order of the key, so that no page looks at what one before has seen. A release that was
  // published again meanwhile is wanted again.
  static final String EXPAND_OF_NOTICE =
      """
      WITH page AS (
        SELECT held.device_id, (
          (NOT $4::boolean OR EXISTS (
            SELECT 1 FROM push_content AS content
            JOIN release ON release.product_id = content.about_product
              AND release.version = content.about_version AND release.state = 'withdrawn'
            WHERE content.notice_id = $2))
          AND
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
          + MARK.formatted(
              "CASE WHEN $4::boolean THEN %s ELSE %s END"
                  .formatted(
                      literal(RecallGround.WITHDRAWN), literal(RecallGround.NOTICE_CANCELLED)),
              "now()")
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

  /** Of devices that are gone. */
  static final String TAKE_LEFT =
      """
      WITH taken AS (
        UPDATE held_push SET recall_at = now() + $2 * interval '1 ms'
        WHERE held_push.id IN (
          SELECT due.id FROM held_push AS due
          WHERE due.recall_at <= now() AND due.held_until > now()
            AND due.provider <> ALL ($3::text[])
          ORDER BY due.recall_at
          LIMIT $1
          FOR UPDATE SKIP LOCKED)
        RETURNING held_push.notice_id, held_push.device_id
      )
      SELECT DISTINCT taken.notice_id, taken.device_id FROM taken
      """;

  /** No address is kept for longer than its push may be held. */
  static final String DROP_OVER =
      """
      DELETE FROM held_push
      WHERE held_push.id IN (
        SELECT ended.id FROM held_push AS ended
        WHERE ended.held_until <= now()
        ORDER BY ended.held_until
        LIMIT $1
        FOR UPDATE SKIP LOCKED)
      """;

  // What an earlier recall has named is named again: the new one may take its place. One that waits
  // for a later moment is not due because another push of its device was taken.
  static final String OF_DEVICES =
      """
      SELECT held.notice_id, held.device_id, content.category,
        -- A provider that did not answer before the push went to the next one may hold it as well.
        CASE WHEN address.push_provider = ANY (held.passed) THEN address.push_provider
          ELSE held.provider END AS provider,
        CASE WHEN address.push_provider = held.provider THEN held.accepted_as END AS accepted_as,
        held.recall = 'WAITING' AND (held.notice_id, held.device_id) IN (
          SELECT taken.notice_id, taken.device_id
          FROM unnest($3::text[], $1::text[]) AS taken (notice_id, device_id)) AS is_due,
        ceil(extract(epoch FROM held.held_until - now()))::bigint AS seconds_left,
        address.push_provider, address.push_kind, address.push_sealed, address.has_kit,
        -- Categories of which the device must get no push, and all held pushes are called back. A
        -- former address may be another device's now: there no push is replaced.
        CASE WHEN address.is_former THEN '{}'::text[] ELSE ARRAY (
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
                AND (other.held_until > now() OR other.state = 'SENDING'))) END AS silent
      FROM delivery AS held
      JOIN push_content AS content ON content.notice_id = held.notice_id
      JOIN device ON device.id = held.device_id
      -- The addresses that the device has, and those that the push went to before. The first one is
      -- there for what no address of its provider is left of.
      CROSS JOIN LATERAL (
        SELECT device.push_provider, device.push_kind, device.push_sealed,
          device.kit IS NOT NULL AS has_kit, false AS is_former
        WHERE device.push_provider = held.provider OR device.push_provider = ANY (held.passed)
          OR NOT EXISTS (
            SELECT 1 FROM push_address AS further
            WHERE further.device_id = device.id
              AND (further.provider = held.provider OR further.provider = ANY (held.passed)))
        UNION ALL
        SELECT further.provider, further.kind, further.sealed, device.kit IS NOT NULL, false
        FROM push_address AS further
        WHERE further.device_id = device.id
          AND (further.provider = held.provider OR further.provider = ANY (held.passed))
        UNION ALL
        SELECT former.provider, former.kind, former.sealed, former.by_app, true
        FROM held_push AS former
        WHERE former.device_id = held.device_id AND former.notice_id = held.notice_id
          AND former.held_until > now()) AS address
      WHERE held.device_id = ANY ($1) AND held.recall IS NOT NULL
        AND (held.recall = 'WAITING' OR held.held_until > now())
      ORDER BY held.device_id, content.category, address.is_former, held.held_until DESC,
        held.notice_id
      """;

  /** The same of devices that are gone: each push by itself, and no push is replaced. */
  static final String OF_GONE =
      """
      SELECT held.notice_id, held.device_id, content.category, held.provider, held.accepted_as,
        (held.notice_id, held.device_id) IN (
          SELECT taken.notice_id, taken.device_id
          FROM unnest($2::text[], $1::text[]) AS taken (notice_id, device_id)) AS is_due,
        ceil(extract(epoch FROM held.held_until - now()))::bigint AS seconds_left,
        held.provider AS push_provider, held.kind AS push_kind, held.sealed AS push_sealed,
        held.by_app AS has_kit, '{}'::text[] AS silent
      FROM held_push AS held
      JOIN push_content AS content ON content.notice_id = held.notice_id
      WHERE held.device_id = ANY ($1) AND held.recall_at IS NOT NULL AND held.held_until > now()
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

  // Of a device that is gone nothing is told: what has come to its end goes.
  static final String RECORD_LEFT =
      """
      WITH answered AS (
        SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
          AS answered (notice_id, device_id, recall, again_millis)),
      later AS (
        UPDATE held_push SET recall_at = now() + answered.again_millis * interval '1 ms'
        FROM answered
        WHERE held_push.notice_id = answered.notice_id
          AND held_push.device_id = answered.device_id
          AND held_push.recall_at IS NOT NULL AND answered.recall = 'WAITING')
      DELETE FROM held_push USING answered
      WHERE held_push.notice_id = answered.notice_id AND held_push.device_id = answered.device_id
        AND held_push.recall_at IS NOT NULL AND answered.recall <> 'WAITING'
      """;

  private RecallSql() {}

  static String literal(RecallGround ground) {
    return "'" + ground.code() + "'";
  }
}
