package io.towncrier.notices.postgres;

/** How the fleet is read for the planning of notices: never more of it than a page. */
final class CandidateSql {
  private static final String COLUMNS =
      """
      SELECT device.id, device.kind, device.version, coalesce(device.language, '') AS language,
        coalesce(device.time_zone, '') AS time_zone, coalesce(device.country, '') AS country,
        device.registered_at
      """;

  // %1$s: conditions of the audience; the others are parameters.
  static final String AMONG =
      COLUMNS
          + """
          FROM device
          WHERE %1$s
            AND device.registered_at <= %2$s::timestamptz AND device.id = ANY (%3$s::text[])
          ORDER BY device.id
          """;

  /** Up to where the next so many devices reach; no row when there are fewer. */
  static final String END =
      """
      SELECT device.id FROM device
      WHERE device.id > $1::text
      ORDER BY device.id OFFSET $2::bigint - 1 LIMIT 1
      """;

  static final String RANGE =
      COLUMNS
          + """
          FROM device
          WHERE %1$s
            AND device.registered_at <= %2$s::timestamptz
            AND device.id > %3$s::text AND (%4$s::text IS NULL OR device.id <= %4$s::text)
          ORDER BY device.id LIMIT %5$s
          """;

  /** The same among the devices of some products, each by its index. */
  static final String END_OF_PRODUCTS =
      """
      SELECT device.id FROM unnest($3::text[]) AS walked (product)
      CROSS JOIN LATERAL (
        SELECT one.id FROM device AS one
        WHERE one.product_id = walked.product AND one.id > $1::text
        ORDER BY one.id LIMIT $2::bigint) AS device
      ORDER BY device.id OFFSET $2::bigint - 1 LIMIT 1
      """;

  static final String RANGE_OF_PRODUCTS =
      COLUMNS
          + """
          FROM unnest(%6$s::text[]) AS walked (product)
          CROSS JOIN LATERAL (
            SELECT * FROM device AS one
            WHERE one.product_id = walked.product AND one.id > %3$s::text
              AND (%4$s::text IS NULL OR one.id <= %4$s::text)
            ORDER BY one.id) AS device
          WHERE %1$s
            AND device.registered_at <= %2$s::timestamptz
          ORDER BY device.id LIMIT %5$s
          """;

  static final String LINKED =
      """
      SELECT DISTINCT link.device_id FROM device_account AS link
      WHERE link.account_id = ANY ($1)
      """;

  // A phone is told once, whatever the number of its routers.
  static final String PHONES =
      """
      SELECT DISTINCT ON (phone.id) device.id AS router_id, phone.id AS phone_id,
        coalesce(phone.time_zone, '') AS time_zone, coalesce(phone.country, '') AS country,
        phone.registered_at
      FROM device
      JOIN device_account AS mine ON mine.device_id = device.id
      JOIN device_account AS shared ON shared.account_id = mine.account_id
      JOIN device AS phone ON phone.id = shared.device_id
      WHERE device.id = ANY ($1) AND device.kind = 'ROUTER'
        AND phone.kind = 'PHONE' AND phone.revoked_at IS NULL
      ORDER BY phone.id, device.id
      """;

  static final String ROUTERS =
      """
      SELECT DISTINCT device.id FROM device_account AS mine
      JOIN device_account AS shared ON shared.account_id = mine.account_id
      JOIN device ON device.id = shared.device_id
      WHERE mine.device_id = $1 AND device.kind = 'ROUTER'
      """;

  private CandidateSql() {}
}
