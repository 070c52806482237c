package io.towncrier.reports.postgres;

/** The statements about reports. */
final class ReportSql {
  private static final String COLUMNS =
      """
      SELECT report.id, report.kind, report.question::text, report.state, report.position,
        report.walked, report.devices, report.counts::text, report.parts, report.failure,
        report.started_by, report.reason, report.started_at, report.finished_at, report.expires_at
      FROM report
      """;

  static final String RUNNING =
      "SELECT count(*) AS running FROM report WHERE report.state = 'RUNNING'";

  static final String ADD =
      """
      INSERT INTO report (id, kind, question, state, position, walked, devices, counts, parts,
        started_by, reason, started_at, touched_at, expires_at)
      VALUES ($1, $2, $3::text::jsonb, 'RUNNING', '', 0, $4, '{}', 0, $5, $6, $7, $7, $8)
      """;

  static final String FIND =
      COLUMNS + "WHERE report.kind = $1 AND report.id = $2 AND report.expires_at > $3";

  static final String PART =
      """
      SELECT report_part.content FROM report_part
      WHERE report_part.report_id = $1 AND report_part.number = $2
      """;

  // Others take another one meanwhile.
  static final String TAKE =
      COLUMNS
          + """
          WHERE report.state = 'RUNNING' AND report.id <> ALL ($1::text[])
          ORDER BY report.touched_at
          LIMIT 1
          FOR UPDATE SKIP LOCKED
          """;

  static final String BEHIND =
      """
      SELECT max(page.id) AS last_id, count(*) AS devices
      FROM (
        SELECT device.id FROM device
        WHERE device.id > $1
        ORDER BY device.id
        LIMIT $2) AS page
      """;

  static final String KEEP =
      """
      UPDATE report SET position = $2, walked = $3, counts = $4::text::jsonb, parts = $5,
        stumbles = 0, touched_at = $6::timestamptz,
        state = CASE WHEN $7::boolean THEN 'DONE' ELSE report.state END,
        finished_at = CASE WHEN $7::boolean THEN $6::timestamptz END
      WHERE report.id = $1
      """;

  static final String APPEND =
      """
      UPDATE report_part SET content = report_part.content || $3::bytea,
        lines = report_part.lines + $4::integer
      WHERE report_part.report_id = $1 AND report_part.number = $2
        AND report_part.lines + $4::integer <= $5::integer
      """;

  static final String ADD_PART =
      "INSERT INTO report_part (report_id, number, lines, content) VALUES ($1, $2, $4, $3)";

  static final String FAIL =
      """
      UPDATE report SET state = 'FAILED', failure = $2, finished_at = $3
      WHERE report.id = $1
      """;

  static final String STUMBLE =
      """
      UPDATE report SET stumbles = report.stumbles + 1, touched_at = $2
      WHERE report.id = $1
      RETURNING report.stumbles
      """;

  // What is removed cannot be fetched any more, whatever of its parts is still there.
  static final String END =
      """
      UPDATE report SET state = 'FAILED', failure = 'removed', expires_at = $3
      WHERE report.kind = $1 AND report.id = $2 AND report.expires_at > $3
      """;

  static final String REMOVE_PARTS =
      """
      DELETE FROM report_part
      WHERE report_part.ctid = ANY (ARRAY(
        SELECT old.ctid FROM report_part AS old
        JOIN report ON report.id = old.report_id
        WHERE report.expires_at <= $1
        LIMIT $2
        FOR UPDATE OF old SKIP LOCKED))
      """;

  static final String REMOVE =
      """
      DELETE FROM report
      WHERE report.expires_at <= $1
        AND NOT EXISTS (SELECT 1 FROM report_part AS part WHERE part.report_id = report.id)
      """;

  private ReportSql() {}
}
