package io.towncrier.notices.postgres;

/** The set-based statements of the notices. They join the tables of the features below. */
final class NoticeSql {
  private static final String AUDIENCE =
      """
      device.revoked_at IS NULL
        AND (cardinality($1::text[]) = 0 OR device.product_id = ANY ($1))
        AND (cardinality($2::text[]) = 0 OR device.country = ANY ($2))
        AND (cardinality($3::text[]) = 0 OR device.language = ANY ($3)
          OR EXISTS (
            SELECT 1 FROM unnest($3::text[]) AS wanted (language)
            WHERE starts_with(device.language, wanted.language || '-')))
      """;

  static final String PLAN =
      """
      INSERT INTO delivery (notice_id, device_id, due_at)
      SELECT $4, device.id, $5 FROM device
      WHERE
      """
          + AUDIENCE
          // As everybody locks devices: the foreign key takes a lock of each.
          + "ORDER BY device.id ON CONFLICT (notice_id, device_id) DO NOTHING";

  static final String GROUPS =
      """
      SELECT device.country, device.language, device.push_sealed IS NOT NULL,
        coalesce(own.push, true), coalesce(own.categories_off, $4),
        coalesce(shared.push, true), coalesce(shared.categories_off, '{}'),
        count(*)
      FROM device
      LEFT JOIN notification_alerts AS own ON own.owner = device.id
      LEFT JOIN LATERAL (
        SELECT bool_and(coalesce(alerts.push, true)) AS push,
          array_agg(DISTINCT off.category ORDER BY off.category)
            FILTER (WHERE off.category IS NOT NULL) AS categories_off
        FROM device_account AS link
        LEFT JOIN notification_alerts AS alerts ON alerts.owner = link.account_id
        LEFT JOIN unnest(coalesce(alerts.categories_off, $4::text[])) AS off (category) ON true
        WHERE link.device_id = device.id) AS shared ON true
      WHERE
      """
          + AUDIENCE
          + "GROUP BY 1, 2, 3, 4, 5, 6, 7";

  static final String PROGRESS =
      """
      SELECT delivery.state, coalesce(delivery.reason, ''), count(*)
      FROM delivery
      WHERE delivery.notice_id = $1
      GROUP BY 1, 2
      """;

  static final String HALTED =
      """
      SELECT push_content.halted_because FROM push_content
      WHERE push_content.notice_id = $1 AND push_content.halted_because IS NOT NULL
      """;

  // $2: essential categories, always shown; $3: hidden where nobody has alerts yet. The device and
  // every account that it is linked to must show it, as all of them must allow a push.
  private static final String IN_APP =
      """
      FROM delivery
      JOIN notice ON notice.id = delivery.notice_id
      JOIN push_content AS content ON content.notice_id = notice.id
      CROSS JOIN LATERAL (SELECT upper(replace(content.category, '-', '_'))) AS about (category)
      JOIN device ON device.id = delivery.device_id
      LEFT JOIN notification_alerts AS own ON own.owner = device.id
      WHERE delivery.device_id = $1 AND notice.state = 'STARTED'
        AND (about.category = ANY ($2::text[])
          OR (about.category <> ALL (coalesce(own.in_app_off, $3::text[]))
            AND NOT EXISTS (
              SELECT 1 FROM device_account AS link
              LEFT JOIN notification_alerts AS shared ON shared.owner = link.account_id
              WHERE link.device_id = device.id
                AND about.category = ANY (coalesce(shared.in_app_off, $3::text[])))))
      """;

  static final String INBOX =
      """
      SELECT notice.id, notice.kind, notice.texts, notice.default_language, notice.started_at,
        delivery.read_at, device.language
      """
          + IN_APP
          + """
      ORDER BY notice.started_at DESC, notice.id
      LIMIT $4
      """;

  static final String MARK_READ =
      """
      UPDATE delivery SET read_at = coalesce(delivery.read_at, $3)
      WHERE delivery.device_id = $1 AND delivery.notice_id = $2
      """;

  static final String UNREAD = "SELECT count(*) " + IN_APP + " AND delivery.read_at IS NULL";

  private NoticeSql() {}
}
