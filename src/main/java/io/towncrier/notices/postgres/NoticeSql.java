package io.towncrier.notices.postgres;

import io.towncrier.platform.postgres.Pages;

/** The statements of the notices. They join the tables of the features below. */
final class NoticeSql {
  static final String COUNT =
      Pages.count("FROM notice WHERE NOT notice.canary AND ($1::text = '' OR notice.state = $1)");

  static final String PLACES =
      """
      SELECT DISTINCT recipient.time_zone, recipient.country FROM (
      %1$s) AS recipient
      """;

  static final String SAMPLE =
      """
      SELECT coalesce(product.name, device.product_id) AS product_name, device.version
      FROM (
      %1$s
      LIMIT 1) AS recipient
      JOIN device ON device.id = recipient.id
      LEFT JOIN product ON product.id = device.product_id
      """;

  static final String IS_RECIPIENT =
      """
      SELECT 1 FROM (
      %1$s) AS recipient
      WHERE recipient.id = %2$s::text
      LIMIT 1
      """;

  private static final String ALERTS =
      """
      coalesce(own.push, true) AS own_push,
        coalesce(own.categories_off, %1$s) AS own_categories_off,
        coalesce(shared.push, true) AS shared_push,
        coalesce(shared.categories_off, '{}') AS shared_categories_off\
      """;

  private static final String JOIN_ALERTS =
      """
      LEFT JOIN notification_alerts AS own ON own.owner = device.id
      LEFT JOIN LATERAL (
        SELECT bool_and(coalesce(alerts.push, true)) AS push,
          array_agg(DISTINCT off.category ORDER BY off.category)
            FILTER (WHERE off.category IS NOT NULL) AS categories_off
        FROM device_account AS link
        LEFT JOIN notification_alerts AS alerts ON alerts.owner = link.account_id
        LEFT JOIN unnest(coalesce(alerts.categories_off, %1$s)) AS off (category) ON true
        WHERE link.device_id = device.id) AS shared ON true
      """;

  static final String GROUPS =
      """
      SELECT coalesce(device.country, 'unknown') AS country,
        coalesce(device.language, 'unknown') AS language,
        device.push_sealed IS NOT NULL AS reachable,
      """
          + ALERTS.replace("%1$s", "%2$s::text[]")
          + """
          ,
            NOT EXISTS (
              SELECT 1 FROM unnest(%3$s::text[], %4$s::text[]) AS unplaced (time_zone, country)
              WHERE unplaced.time_zone = coalesce(device.time_zone, '')
                AND unplaced.country = coalesce(device.country, '')) AS placed,
            device.last_seen_on <= %5$s::date AS unseen,
            coalesce(device.push_provider, '') = %6$s::text AS through_vendors,
            count(*) AS devices
          FROM (
          %1$s) AS recipient
          JOIN device ON device.id = recipient.id
          """
          + JOIN_ALERTS.replace("%1$s", "%2$s::text[]")
          + "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10";

  static final String DEVICE =
      "SELECT "
          + ALERTS.replace("%1$s", "$2::text[]")
          + """
          ,
            device.push_sealed IS NOT NULL AS reachable, device.id, device.kind,
            device.product_id, device.version, coalesce(device.country, '') AS country,
            coalesce(device.language, '') AS language, device.channel,
            ARRAY(SELECT link.account_id FROM device_account AS link
              WHERE link.device_id = device.id) AS accounts,
            device.last_seen_on, device.revoked_at IS NOT NULL AS revoked, device.registered_at
          FROM device
          """
          + JOIN_ALERTS.replace("%1$s", "$2::text[]")
          + "WHERE device.id = $1";

  // What FCM holds under the same key, as delivery.fcm.CollapseKeys chooses it. It holds nothing
  // for longer than a day, and a device has few deliveries.
  static final String TRACE =
      """
      SELECT delivery.state, delivery.reason, delivery.attempts,
        CASE WHEN delivery.state = 'SENDING' THEN coalesce(delivery.claimed_due_at, delivery.due_at)
          ELSE delivery.due_at END AS due_at,
        delivery.finished_at, delivery.read_at, delivery.recall, delivery.recall_because,
        delivery.recall_answer,
        (SELECT newer.notice_id FROM delivery AS newer
          JOIN push_content AS next ON next.notice_id = newer.notice_id
          WHERE newer.device_id = delivery.device_id AND newer.state = 'ACCEPTED'
            AND delivery.state = 'ACCEPTED' AND newer.finished_at > delivery.finished_at
            AND newer.finished_at
              < least(content.expires_at, delivery.finished_at + interval '24 hours')
            AND CASE WHEN device.kit IS NOT NULL
              THEN next.category = content.category
                AND content.category NOT IN ('security', 'policy')
              ELSE replace(replace(next.category, 'firmware-', ''), 'app-', '')
                = replace(replace(content.category, 'firmware-', ''), 'app-', '') END
          ORDER BY newer.finished_at LIMIT 1) AS replaced_by,
        delivery.provider, delivery.passed, content.category, content.expires_at,
      """
          + LadderRows.COLUMNS
          + """
            , (SELECT count(*) FROM delivery AS earlier
              JOIN push_content AS before ON before.notice_id = earlier.notice_id
              WHERE earlier.device_id = delivery.device_id AND earlier.state = 'ACCEPTED'
                AND earlier.provider = delivery.provider
                AND (before.category = ANY ($3::text[])) = (content.category = ANY ($3::text[]))
                AND earlier.finished_at < delivery.finished_at
                AND earlier.finished_at >= date_trunc('day', delivery.finished_at, $4::text))
              AS earlier_that_day
          FROM delivery
          JOIN device ON device.id = delivery.device_id
          JOIN push_content AS content ON content.notice_id = delivery.notice_id
          WHERE delivery.notice_id = $1 AND delivery.device_id = $2
          """;

  // From the counts: no delivery is looked at, however many are done (docs/adr/0058).
  static final String TALLIES =
      """
      SELECT now.state, now.value, sum(now.devices)::bigint AS devices,
        sum(now.tried)::bigint AS tried, sum(now.pruned)::bigint AS pruned
      FROM notice_now AS now
      WHERE now.notice_id = $1 AND now.axis = 'reason'
      GROUP BY 1, 2
      HAVING sum(now.devices) <> 0
      """;

  // By the index of what waits, and of that only as much as Progress asks for.
  static final String PACE =
      """
      WITH settled AS (
        SELECT series.at, series.accepted + series.suppressed + series.dead AS devices
        FROM notice_series AS series
        WHERE series.notice_id = $1
          AND series.at >= date_trunc('minute', now(), 'UTC') - interval '1 minute'
        UNION ALL
        SELECT date_trunc('minute', change.at, 'UTC'), change.devices
        FROM notice_change AS change
        WHERE change.notice_id = $1 AND change.axis = 'reason'
          AND change.state IN ('ACCEPTED', 'SUPPRESSED', 'DEAD'))
      SELECT
        (SELECT count(*) FROM (
          SELECT 1 FROM delivery
          WHERE delivery.notice_id = $1 AND delivery.state = 'PENDING' AND delivery.due_at <= now()
          LIMIT $2) AS due) AS due,
        coalesce((
          SELECT ceil(extract(epoch FROM greatest(now(), delivery.due_at) - now())) FROM delivery
          WHERE delivery.notice_id = $1 AND delivery.state = 'PENDING'
          ORDER BY delivery.due_at DESC LIMIT 1), 0)::bigint AS until_last,
        coalesce((SELECT sum(settled.devices) FROM settled
          WHERE settled.at = date_trunc('minute', now(), 'UTC') - interval '1 minute'), 0)::bigint
          AS minute_before,
        coalesce((SELECT sum(settled.devices) FROM settled
          WHERE settled.at = date_trunc('minute', now(), 'UTC')), 0)::bigint AS this_minute,
        floor(extract(second FROM now()))::bigint AS second_of_minute,
        coalesce((SELECT ceil(extract(epoch FROM now() - notice.started_at)) FROM notice
          WHERE notice.id = $1), 0)::bigint AS since_start,
        (SELECT push_content.halted_because FROM push_content WHERE push_content.notice_id = $1)
          AS halted_because
      """;

  // By an index of its own; of many no more than so many are counted.
  static final String RECALLS =
      """
      SELECT each.recall, counted.devices
      FROM unnest($2::text[]) AS each (recall)
      CROSS JOIN LATERAL (
        SELECT count(*) AS devices FROM (
          SELECT 1 FROM delivery
          WHERE delivery.notice_id = $1 AND delivery.recall = each.recall
            AND delivery.recall || '' <> ''
          LIMIT $3) AS called_back) AS counted
      WHERE counted.devices > 0
      """;

  static final String UNREACHED =
      """
      SELECT count(*) AS devices FROM delivery
      JOIN device ON device.id = delivery.device_id
      WHERE delivery.notice_id = $1 AND delivery.state IN ('SUPPRESSED', 'DEAD')
        AND device.last_seen_on <= $2
      """;

  static final String DUE_TO_START =
      """
      SELECT notice.id, notice.trace_parent FROM notice
      WHERE notice.state = 'SCHEDULED' AND notice.starts_at <= $1
      ORDER BY notice.starts_at, notice.id
      """;

  // There are few notices, whatever the size of the fleet.
  static final String OTHERS_ON_THEIR_DAY =
      """
      SELECT count(*) AS notices FROM notice
      WHERE notice.id <> $1 AND notice.kind = ANY ($2::text[])
        AND (notice.state IN ('STARTED', 'PAUSED', 'DONE')
            AND notice.started_at >= $3 AND notice.started_at < $4
          OR notice.state = 'SCHEDULED' AND notice.starts_at >= $3 AND notice.starts_at < $4)
      """;

  private static final String NOTHING_LEFT =
      """
      NOT EXISTS (
        SELECT 1 FROM delivery
        WHERE delivery.notice_id = notice.id AND delivery.state IN ('PENDING', 'SENDING'))
      AND NOT EXISTS (
        SELECT 1 FROM notice_walk AS walk
        WHERE walk.notice_id = notice.id AND walk.through_at IS NULL)
      """;

  static final String EXTEND =
      """
      UPDATE notice SET expires_at = greatest(notice.expires_at, $2) WHERE notice.id = $1
      """;

  // What was planned is compared with what was seen before the start.
  static final String PREVIEWED =
      """
      UPDATE notice SET previewed = $2, previewed_at = $3
      WHERE notice.id = $1 AND notice.state IN ('DRAFT', 'APPROVED', 'SCHEDULED')
      """;

  static final String WITH_NOTHING_LEFT =
      "SELECT notice.id FROM notice WHERE notice.state = 'STARTED' AND " + NOTHING_LEFT;

  // What is settled is passed by, so that it costs nothing to have been told much.
  static final String DONE_WITH_SOMETHING_LEFT =
      """
      SELECT notice.id FROM push_content AS content
      JOIN notice ON notice.id = content.notice_id
      WHERE NOT content.settled AND notice.state = 'DONE' AND NOT (
      """
          + NOTHING_LEFT
          + ")";

  static final String HAS_NOTHING_LEFT =
      "SELECT notice.id FROM notice WHERE notice.id = $1 AND " + NOTHING_LEFT;

  static final String CONSENTS =
      """
      SELECT coalesce(sum(now.devices) FILTER (
          WHERE now.axis = 'country' AND now.state = 'PLANNED'), 0)::bigint AS asked,
        coalesce(sum(now.devices) FILTER (
          WHERE now.axis = 'consent' AND now.value = 'given'), 0)::bigint AS given,
        coalesce(sum(now.devices) FILTER (
          WHERE now.axis = 'consent' AND now.value = 'declined'), 0)::bigint AS declined
      FROM notice_now AS now
      WHERE now.notice_id = $1 AND now.axis IN ('country', 'consent')
      """;

  private NoticeSql() {}
}
