package io.towncrier.overview.postgres;

import io.towncrier.platform.postgres.Pages;

/** The statements of the summaries. A list is as long as what people write, not as the fleet. */
final class SummarySql {
  private static final String OF_RELEASES =
      """
      FROM release
      JOIN product ON product.id = release.product_id
      WHERE ($1::text IS NULL
          OR strpos(lower(release.version), lower($1)) > 0
          OR strpos(lower(product.id), lower($1)) > 0
          OR strpos(lower(product.name), lower($1)) > 0
          OR EXISTS (
            SELECT 1 FROM jsonb_each(release.document -> 'notes') AS note
            WHERE strpos(lower(note.value ->> 'title'), lower($1)) > 0))
        AND ($2::text IS NULL OR release.product_id = $2)
        AND ($3::text IS NULL OR release.state = $3)
        AND ($4::text IS NULL OR release.document ->> 'severity' = $4)
        AND ($5::text IS NULL OR coalesce(release.document ->> 'channel', 'stable') = $5)
      """;

  /** A draft without a moment stands before all others. */
  private static final String PUBLISHED =
      "coalesce((%s.document ->> 'publishedAt')::timestamptz, 'epoch')";

  private static final String RELEASES =
      """
      SELECT release.product_id, release.version, product.name, product.default_language
      """
          + OF_RELEASES
          + """
            AND ($6::text IS NULL OR (%1$s, release.product_id, release.version) %3$s (
              SELECT %2$s, last.product_id, last.version FROM release AS last
              WHERE last.product_id = $6 AND last.version = $7::text))
          ORDER BY %1$s %4$s, release.product_id %4$s, release.version %4$s
          LIMIT $8
          """;

  static final String COUNT_RELEASES = Pages.count(OF_RELEASES);

  private static final String OF_NOTICES =
      """
      FROM notice
      WHERE NOT notice.canary
        AND ($1::text IS NULL OR notice.id = $1 OR strpos(lower(notice.texts), lower($1)) > 0)
        AND ($2::text IS NULL OR notice.state = $2)
        AND ($3::text IS NULL OR notice.kind = $3)
        AND ($4::text IS NULL OR notice.audience::jsonb -> 'products' ? $4
          OR EXISTS (
            SELECT 1 FROM push_content AS content
            WHERE content.notice_id = notice.id AND content.about_product = $4))
        AND ($5::timestamptz IS NULL OR notice.created_at >= $5)
        AND ($6::timestamptz IS NULL OR notice.created_at < $6)
      """;

  // The page first: its notices alone are counted.
  private static final String NOTICES =
      """
      WITH page AS (
        SELECT notice.*
      """
          + OF_NOTICES
          + """
              AND ($7::text IS NULL OR (%1$s, notice.id) %3$s (
                SELECT %2$s, last.id FROM notice AS last WHERE last.id = $7))
            ORDER BY %1$s %4$s, notice.id %4$s
            LIMIT $8),
          counted AS (
            SELECT now.notice_id, sum(now.devices) AS planned,
              sum(now.devices) FILTER (WHERE now.state = 'ACCEPTED') AS accepted,
              sum(now.devices) FILTER (WHERE now.state = 'SUPPRESSED') AS suppressed,
              sum(now.devices) FILTER (WHERE now.state = 'DEAD') AS dead,
              sum(now.devices) FILTER (WHERE now.state IN ('PENDING', 'SENDING')) AS remaining,
              sum(now.seen) AS seen
            FROM notice_now AS now
            WHERE now.axis = 'reason' AND now.notice_id IN (SELECT page.id FROM page)
            GROUP BY 1)
          SELECT notice.id, notice.state, notice.revision, notice.kind,
            coalesce(notice.texts::jsonb -> notice.default_language ->> 'title', '') AS title,
            ARRAY(SELECT jsonb_array_elements_text(
              coalesce(notice.audience::jsonb -> 'products', '[]'))) AS products,
            notice.author, notice.created_at,
            CASE WHEN notice.state = 'SCHEDULED' THEN notice.starts_at END AS starts_at,
            notice.started_at, notice.finished_at,
            coalesce(counted.planned, 0)::bigint AS planned,
            coalesce(counted.accepted, 0)::bigint AS accepted,
            coalesce(counted.suppressed, 0)::bigint AS suppressed,
            coalesce(counted.dead, 0)::bigint AS dead,
            coalesce(counted.remaining, 0)::bigint AS remaining,
            coalesce(counted.seen, 0)::bigint AS seen
          FROM page AS notice
          LEFT JOIN counted ON counted.notice_id = notice.id
          ORDER BY %1$s %4$s, notice.id %4$s
          """;

  static final String COUNT_NOTICES = Pages.count(OF_NOTICES);

  static final String STATES =
      "SELECT found.state, count(*) AS notices FROM (SELECT notice.state "
          + OF_NOTICES
          + "LIMIT 10001) AS found GROUP BY 1";

  private SummarySql() {}

  static String releases(String key, boolean descending) {
    String first = key.equals("publishedAt") ? PUBLISHED : "%s.product_id";
    return in(RELEASES, first.replace("%s", "release"), first.replace("%s", "last"), descending);
  }

  static String notices(String key, boolean descending) {
    String first = key.equals("startedAt") ? "coalesce(%s.started_at, 'epoch')" : "%s.created_at";
    return in(NOTICES, first.replace("%s", "notice"), first.replace("%s", "last"), descending);
  }

  private static String in(String list, String key, String ofLast, boolean descending) {
    return list.formatted(key, ofLast, descending ? "<" : ">", descending ? "DESC" : "ASC");
  }
}
