package io.towncrier.notices.postgres;

import io.towncrier.platform.postgres.Pages;

/** The statements of the inboxes. They join the tables of the features below. */
final class InboxSql {
  // Also of a notice that came to this device later than it was read on another of the account.
  private static final String READ_AT =
      """
      coalesce(delivery.read_at, (
        SELECT min(elsewhere.read_at) FROM device_account AS mine
        JOIN device_account AS shared ON shared.account_id = mine.account_id
        JOIN delivery AS elsewhere ON elsewhere.notice_id = delivery.notice_id
          AND elsewhere.device_id = shared.device_id
        WHERE mine.device_id = delivery.device_id))""";

  // Updates that a device was told of, and what is installed where they belong.
  static final String TOLD =
      """
      SELECT content.notice_id, content.about_product, content.about_version,
        coalesce(told.version, device.version)
      FROM delivery
      JOIN push_content AS content ON content.notice_id = delivery.notice_id
      JOIN device ON device.id = delivery.device_id
      LEFT JOIN device AS told ON told.id = delivery.about_device_id
      WHERE delivery.device_id = $1 AND content.about_version IS NOT NULL
        AND coalesce(told.product_id, device.product_id) = content.about_product
      """;

  // $2: essential categories, always shown; $3: hidden where nobody has alerts yet; $4: notices of
  // what is installed already. The device and
  // every account that it is linked to must show it, as all of them must allow a push. What is for
  // an hour of the device is shown from then on: it is due, or was looked at.
  private static final String IN_APP =
      """
      FROM delivery
      JOIN notice ON notice.id = delivery.notice_id
      JOIN push_content AS content ON content.notice_id = notice.id
      CROSS JOIN LATERAL (SELECT upper(replace(content.category, '-', '_'))) AS about (category)
      JOIN device ON device.id = delivery.device_id
      LEFT JOIN device AS told ON told.id = delivery.about_device_id
      LEFT JOIN product ON product.id = coalesce(told.product_id, device.product_id)
      LEFT JOIN notification_alerts AS own ON own.owner = device.id
      WHERE delivery.device_id = $1 AND notice.state IN ('STARTED', 'PAUSED', 'DONE')
        AND notice.id <> ALL ($4::text[])
        AND (NOT notice.shown_when_due OR delivery.due_at <= now() OR delivery.state <> 'PENDING'
          OR delivery.reason IS NOT NULL)
        AND (about.category = ANY ($2::text[])
          OR (about.category <> ALL (coalesce(own.in_app_off, $3::text[]))
            AND NOT EXISTS (
              SELECT 1 FROM device_account AS link
              LEFT JOIN notification_alerts AS shared ON shared.owner = link.account_id
              WHERE link.device_id = device.id
                AND about.category = ANY (coalesce(shared.in_app_off, $3::text[])))))
      """;

  static final String ENTRIES =
      """
      SELECT notice.id, notice.kind, notice.texts, notice.default_language, notice.details,
        notice.started_at,
      """
          + READ_AT
          + """
      , device.language,
        coalesce(product.name, told.product_id, device.product_id),
        coalesce(told.version, device.version)
      """
          + IN_APP
          + """
        AND ($5::text IS NULL OR (notice.started_at, notice.id) %1$s (
          SELECT behind.started_at, behind.id FROM notice AS behind WHERE behind.id = $5))
      ORDER BY notice.started_at %2$s, notice.id %2$s
      LIMIT $6
      """;

  static final String COUNT = Pages.count(IN_APP);

  static final String UNREAD = "SELECT count(*) " + IN_APP + " AND " + READ_AT + " IS NULL";

  // Nobody reads a notice once more on the next device.
  static final String MARK_READ =
      """
      UPDATE delivery SET read_at = coalesce(delivery.read_at, $3)
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
}
