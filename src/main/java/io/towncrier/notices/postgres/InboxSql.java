package io.towncrier.notices.postgres;

import io.towncrier.platform.postgres.Pages;

/**
 * The statements of the inboxes. They join the tables of the features below, and sign the device in
 * as they read (docs/adr/0036): of a device with another secret nothing is read.
 */
final class InboxSql {
  // $1: the device; $2: the keyed hashes of its secret.
  private static final String SIGNED_IN =
      """
      WHERE device.id = $1 AND device.secret_index = ANY ($2)
      """;

  // Of which update a notice is news, to a device that it was for; installed is where that is not
  // the device itself. Whether it is news still is a matter of the order of versions.
  static final String ABOUT =
      """
      content.about_product,
        CASE WHEN coalesce(told.product_id, device.product_id) = content.about_product
          THEN content.about_version END AS about_version,
        told.version AS installed
      """;

  // $3: essential categories, always shown; $4: hidden where nobody has alerts yet. The device and
  // every account that it is linked to must show it, as all of them must allow a push. What is for
  // an hour of the device is shown from then on: it is due, or was looked at.
  static final String IN_APP =
      """
      FROM delivery
      JOIN notice ON notice.id = delivery.notice_id
      JOIN push_content AS content ON content.notice_id = notice.id
      CROSS JOIN LATERAL (SELECT upper(replace(content.category, '-', '_'))) AS about (category)
      LEFT JOIN device AS told ON told.id = delivery.about_device_id
      LEFT JOIN notification_alerts AS own ON own.owner = device.id
      WHERE delivery.device_id = device.id AND notice.state IN ('STARTED', 'PAUSED', 'DONE')
        AND (NOT notice.shown_when_due OR delivery.due_at <= now() OR delivery.state <> 'PENDING'
          OR delivery.reason IS NOT NULL)
        AND (about.category = ANY ($3::text[])
          OR (about.category <> ALL (coalesce(own.in_app_off, $4::text[]))
            AND NOT EXISTS (
              SELECT 1 FROM device_account AS link
              LEFT JOIN notification_alerts AS shared ON shared.owner = link.account_id
              WHERE link.device_id = device.id
                AND about.category = ANY (coalesce(shared.in_app_off, $4::text[])))))
      """;

  // Whether a notice may have to be planned for the device first.
  private static final String UNPLANNED =
      """
      EXISTS (
        SELECT 1 FROM notice_walk AS walk
        JOIN notice AS begun ON begun.id = walk.notice_id
        WHERE walk.through_at IS NULL AND begun.state <> 'CANCELLED'
          AND NOT EXISTS (
            SELECT 1 FROM delivery AS own
            WHERE own.notice_id = walk.notice_id AND own.device_id = device.id)) AS unplanned
      """;

  /**
   * The device, and each notice in its inbox in their order. Only what can be on the page has its
   * texts: of the notices behind $5 so many as $6 says, and as many more as may prove to be no
   * news.
   */
  private static final String ENTRIES =
      """
      SELECT listed.notice_id, listed.about_product, listed.about_version,
        coalesce(listed.installed, device.version) AS installed, listed.behind,
        notice.kind, notice.texts, notice.default_language, notice.details, notice.asks,
        notice.started_at,
        CASE WHEN notice.id IS NOT NULL THEN
      """
          + readAt("listed")
          + """
             END AS read_at, device.language,
            coalesce(product.name, listed.product_id) AS product_name,
          """
          + UNPLANNED
          + """
          FROM device
          LEFT JOIN LATERAL (
            SELECT mine.*, count(mine.about_version) OVER () AS news,
              row_number() OVER (
                PARTITION BY mine.behind ORDER BY mine.started_at %2$s, mine.notice_id %2$s) AS place
            FROM (
              SELECT delivery.notice_id, delivery.device_id, delivery.read_at, notice.started_at,
                coalesce(told.product_id, device.product_id) AS product_id,
                coalesce((notice.started_at, notice.id) %1$s (
                  SELECT last.started_at, last.id FROM notice AS last WHERE last.id = $5),
                  $5::text IS NULL) AS behind,
          """
          + ABOUT
          + IN_APP
          + """
              ) AS mine) AS listed ON true
          LEFT JOIN notice ON notice.id = listed.notice_id AND listed.behind
            AND listed.place <= $6 + listed.news
          LEFT JOIN product ON product.id = listed.product_id
          """
          + SIGNED_IN
          + "ORDER BY listed.started_at %2$s, listed.notice_id %2$s";

  /** The facts of a device, once for each kind of news in its inbox that was not read. */
  static final String CHECK_IN =
      """
      SELECT device.product_id, device.version, device.country, device.time_zone, device.language,
        device.channel, device.cohort, device.hardware, device.release_counter,
        device.counter_unreadable, device.last_seen_on,
        unread.about_product, unread.about_version, unread.installed, unread.notices,
      """
          + UNPLANNED
          + """
            , attempt.version AS attempt_version, attempt.state AS attempt_state, attempt.former,
            attempt.boot, attempt.succeeded_at, attempt.target_since, attempt.held_until, device.kit
          FROM device
          LEFT JOIN device_outcome AS attempt ON attempt.device_id = device.id AND attempt.current
          LEFT JOIN LATERAL (
            SELECT mine.about_product, mine.about_version, mine.installed, count(*) AS notices
            FROM (
              SELECT
          """
          + ABOUT
          + IN_APP
          + "AND "
          + readAt("delivery")
          + """
               IS NULL) AS mine
            GROUP BY mine.about_product, mine.about_version, mine.installed) AS unread ON true
          """
          + SIGNED_IN;

  // Nobody reads a notice once more on the next device.
  static final String MARK_READ =
      """
      UPDATE delivery SET read_at = coalesce(delivery.read_at, $3),
      """
          + calledBack("delivery.device_id <> $1")
          + """
          WHERE delivery.notice_id = $2
            AND EXISTS (
              SELECT 1 FROM delivery AS own WHERE own.notice_id = $2 AND own.device_id = $1)
            AND delivery.device_id IN (
              SELECT $1::text UNION
              SELECT shared.device_id FROM device_account AS mine
              JOIN device_account AS shared ON shared.account_id = mine.account_id
              WHERE mine.device_id = $1)
          """;

  private InboxSql() {}

  /**
   * Has the push called back where a provider may still hold it: nobody is told once more on the
   * next phone (docs/adr/0070).
   */
  static String calledBack(String elsewhere) {
    return """
    recall = CASE WHEN %1$s THEN 'WAITING' ELSE delivery.recall END,
      recall_because = CASE WHEN %1$s THEN 'read' ELSE delivery.recall_because END,
      recall_at = CASE WHEN %1$s THEN now() - interval '1 day' ELSE delivery.recall_at END
    """
        .formatted(
            elsewhere
                + " AND delivery.recall IS NULL AND delivery.read_at IS NULL"
                + " AND delivery.held_until > now()");
  }

  static String entries(boolean descending) {
    return Pages.ordered(ENTRIES, descending);
  }

  /** Also of a notice that came to this device later than it was read on another of the account. */
  static String readAt(String delivery) {
    return """
    coalesce(%1$s.read_at, (
      SELECT min(elsewhere.read_at) FROM device_account AS link
      JOIN device_account AS shared ON shared.account_id = link.account_id
      JOIN delivery AS elsewhere ON elsewhere.notice_id = %1$s.notice_id
        AND elsewhere.device_id = shared.device_id
      WHERE link.device_id = %1$s.device_id))
    """
        .formatted(delivery);
  }
}
