package io.towncrier.notices.postgres;

import io.towncrier.platform.postgres.Pages;

/** The statements of the notices. They join the tables of the features below. */
final class NoticeSql {
  static final String COUNT = Pages.count("FROM notice WHERE ($1::text = '' OR notice.state = $1)");

  static final String PLACES =
      """
      SELECT DISTINCT recipient.time_zone, recipient.country FROM (
      %1$s) AS recipient
      """;

  static final String SAMPLE =
      """
      SELECT coalesce(product.name, device.product_id), device.version
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
      coalesce(own.push, true), coalesce(own.categories_off, %1$s),
        coalesce(shared.push, true), coalesce(shared.categories_off, '{}')""";

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
      "SELECT coalesce(device.country, 'unknown'), coalesce(device.language, 'unknown'),\n  "
          + "device.push_sealed IS NOT NULL,\n  "
          + ALERTS.replace("%1$s", "%2$s::text[]")
          + """
          ,
            NOT EXISTS (
              SELECT 1 FROM unnest(%3$s::text[], %4$s::text[]) AS unplaced (time_zone, country)
              WHERE unplaced.time_zone = coalesce(device.time_zone, '')
                AND unplaced.country = coalesce(device.country, '')),
            device.last_seen_on <= %5$s::date,
            count(*)
          FROM (
          %1$s) AS recipient
          JOIN device ON device.id = recipient.id
          """
          + JOIN_ALERTS.replace("%1$s", "%2$s::text[]")
          + "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9";

  static final String DEVICE =
      "SELECT "
          + ALERTS.replace("%1$s", "$2::text[]")
          + """
          ,
            device.push_sealed IS NOT NULL, device.id, device.kind, device.product_id,
            device.version, coalesce(device.country, ''), coalesce(device.language, ''),
            device.channel,
            ARRAY(SELECT link.account_id FROM device_account AS link
              WHERE link.device_id = device.id),
            device.last_seen_on, device.revoked_at IS NOT NULL, device.registered_at
          FROM device
          """
          + JOIN_ALERTS.replace("%1$s", "$2::text[]")
          + "WHERE device.id = $1";

  static final String TRACE =
      """
      SELECT delivery.state, delivery.reason, delivery.attempts,
        CASE WHEN delivery.state = 'SENDING' THEN coalesce(delivery.claimed_due_at, delivery.due_at)
          ELSE delivery.due_at END,
        delivery.finished_at, delivery.read_at
      FROM delivery
      WHERE delivery.notice_id = $1 AND delivery.device_id = $2
      """;

  static final String FIGURES =
      """
      SELECT delivery.state, coalesce(delivery.reason, ''), count(*),
        count(*) FILTER (WHERE delivery.attempts > 0),
        count(*) FILTER (WHERE delivery.finished_at > now() - interval '60 seconds'),
        count(*) FILTER (WHERE delivery.pruned AND delivery.state = 'DEAD'),
        count(*) FILTER (WHERE delivery.state = 'SENDING'
          OR (delivery.state = 'PENDING' AND delivery.due_at <= now())),
        coalesce(ceil(extract(epoch FROM greatest(now(),
          max(delivery.due_at) FILTER (WHERE delivery.state = 'PENDING')) - now())), 0)::bigint,
        coalesce(ceil(extract(epoch FROM now() - min(delivery.finished_at)
          FILTER (WHERE delivery.finished_at > now() - interval '60 seconds'))), 0)::bigint
      FROM delivery
      WHERE delivery.notice_id = $1
      GROUP BY 1, 2
      """;

  static final String UNREACHED =
      """
      SELECT count(*) FROM delivery
      JOIN device ON device.id = delivery.device_id
      WHERE delivery.notice_id = $1 AND delivery.state IN ('SUPPRESSED', 'DEAD')
        AND device.last_seen_on <= $2
      """;

  static final String HALTED =
      """
      SELECT push_content.halted_because FROM push_content
      WHERE push_content.notice_id = $1 AND push_content.halted_because IS NOT NULL
      """;

  static final String DUE_TO_START =
      """
      SELECT notice.id, notice.trace_parent FROM notice
      WHERE notice.state = 'SCHEDULED' AND notice.starts_at <= $1
      ORDER BY notice.starts_at, notice.id
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

  private NoticeSql() {}
}
