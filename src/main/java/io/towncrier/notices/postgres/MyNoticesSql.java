package io.towncrier.notices.postgres;

import io.towncrier.platform.postgres.Pages;

/**
 * The statements of a person's notices: what is in the inbox of a linked device, by the rules of
 * {@link InboxSql}. One statement finds the account and reads.
 */
final class MyNoticesSql {
  // $1: the keyed hash of the subject. Columns are called as in the statement of the device.
  private static final String ENTRIES =
      """
      SELECT listed.notice_id, listed.about_product, listed.about_version,
        coalesce(listed.installed, listed.version) AS installed, listed.behind,
        notice.kind, notice.texts, notice.default_language, notice.details, notice.asks,
        notice.started_at,
        CASE WHEN notice.id IS NOT NULL THEN listed.read_at END AS read_at, listed.language,
        coalesce(product.name, listed.product_id) AS product_name
      FROM (
        SELECT mine.*, device.version, device.language, device.last_seen_on,
          coalesce(mine.told_product, device.product_id) AS product_id,
          count(mine.about_version) OVER () AS news,
          dense_rank() OVER (
            PARTITION BY mine.behind ORDER BY mine.started_at %2$s, mine.notice_id %2$s) AS place
        FROM account
        JOIN device_account AS mine_link ON mine_link.account_id = account.id
        JOIN device ON device.id = mine_link.device_id AND device.revoked_at IS NULL
        CROSS JOIN LATERAL (
          SELECT delivery.notice_id, delivery.device_id, notice.started_at,
            told.product_id AS told_product,
            coalesce((notice.started_at, notice.id) %1$s (
              SELECT last.started_at, last.id FROM notice AS last WHERE last.id = $2),
              $2::text IS NULL) AS behind,
      """
          + InboxSql.readAt("delivery")
          + "           AS read_at,\n"
          + InboxSql.ABOUT
          + InboxSql.IN_APP
          + """
              ) AS mine
            WHERE account.subject_index = ANY ($1)) AS listed
          LEFT JOIN notice ON notice.id = listed.notice_id AND listed.behind
            AND listed.place <= $5 + listed.news
          LEFT JOIN product ON product.id = listed.product_id
          ORDER BY listed.started_at %2$s, listed.notice_id %2$s, listed.last_seen_on DESC,
            listed.device_id
          """;

  static final String MARK_READ =
      """
      UPDATE delivery SET read_at = coalesce(delivery.read_at, $3),
      """
          // Nobody knows on which of them it was read, if on any.
          + InboxSql.calledBack("true")
          + """
          WHERE delivery.notice_id = $2
            AND delivery.device_id IN (
              SELECT link.device_id FROM account
              JOIN device_account AS link ON link.account_id = account.id
              WHERE account.subject_index = ANY ($1))
          """;

  private MyNoticesSql() {}

  static String entries(boolean descending) {
    return Pages.ordered(ENTRIES, descending);
  }
}
