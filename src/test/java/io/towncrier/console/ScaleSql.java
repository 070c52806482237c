package io.towncrier.console;

/** The statements that fill a cell; ids are numbers in hexadecimal. */
final class ScaleSql {
  /** 60 % phones of one app, 40 % routers of 99 models, spread over versions and countries. */
  static final String DEVICES =
      """
      INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
        identifier_index, secret_index, registered_at, last_seen_on, revision)
      SELECT 'dev_' || lpad(to_hex(made.n), 26, '0'),
        CASE WHEN made.phone THEN 'PHONE' ELSE 'ROUTER' END,
        CASE WHEN made.phone THEN 'router-app-android' ELSE 'model-' || made.mixed % 99 END,
        '1.' || made.mixed / 99 % 19,
        (ARRAY['DE','FR','IT','ES','PL','GB','US','BR','IN','CN'])[1 + made.place],
        (ARRAY['Europe/Berlin','Europe/Paris','Europe/Rome','Europe/Madrid','Europe/Warsaw',
          'Europe/London','America/New_York','America/Sao_Paulo','Asia/Kolkata','Asia/Shanghai'])
          [1 + made.place],
        (ARRAY['de','fr','it','es','pl','en','en-US','pt-BR','hi','zh-Hans'])
          [1 + (made.place + made.n / 7 % 3) % 10],
        CASE WHEN made.n % 50 = 0 THEN 'candidate' ELSE 'stable' END,
        decode(md5(made.n::text), 'hex'), '\\x00', now() - interval '331 days',
        current_date - made.mixed % 330, 0
      FROM (
        SELECT numbered.n, numbered.mixed, numbered.n % 5 < 3 AS phone,
          numbered.mixed / 1881 % 10 AS place
        FROM (
          SELECT n, ('x' || substr(md5(n::text), 1, 7))::bit(28)::int AS mixed
          FROM generate_series(1, ?) AS n) AS numbered) AS made
      """;

  static final String COUNTED_DEVICES =
      """
      INSERT INTO fleet_count (product_id, version, country, time_zone, language, channel, kind,
        devices)
      SELECT device.product_id, device.version, coalesce(device.country, ''),
        coalesce(device.time_zone, ''), coalesce(device.language, ''), device.channel, device.kind,
        count(*)
      FROM device
      WHERE device.revoked_at IS NULL
      GROUP BY 1, 2, 3, 4, 5, 6, 7
      """;

  /** The newest five are under way; of the others most are done. */
  static final String NOTICES =
      """
      INSERT INTO notice (id, kind, default_language, texts, audience, ttl_seconds, state, author,
        writers, created_at, approved_by, approved_at, starts_at, started_at, expires_at,
        finished_at, schedule, revision)
      SELECT 'ntc_' || lpad(to_hex(made.n), 26, '0'), made.kind, 'en',
        json_build_object(
          'en', json_build_object('title', made.title, 'body', 'What it is about. What to do.'),
          'de', json_build_object('title', made.title || ' (de)', 'body', 'Worum es geht.'),
          'es', json_build_object('title', made.title || ' (es)', 'body', 'De qué trata.'))::text,
        json_build_object('products', json_build_array(made.product), 'countries', '[]'::json,
          'languages', '[]'::json)::text,
        86400, made.state, made.author, json_build_array(made.author)::text, made.written,
        CASE WHEN made.state <> 'DRAFT' THEN 'operator-9' END,
        CASE WHEN made.state <> 'DRAFT' THEN made.written END,
        CASE WHEN made.state = 'SCHEDULED' THEN made.starts END,
        CASE WHEN made.begun THEN made.written + interval '1 hour' END,
        CASE WHEN made.state IN ('STARTED', 'PAUSED') THEN now() + interval '2 days'
          WHEN made.begun THEN made.written + interval '25 hours' END,
        CASE WHEN made.state = 'DONE' THEN made.written + interval '4 hours' END,
        CASE WHEN made.state = 'SCHEDULED' THEN json_build_object(
          'at', to_char(made.starts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text END,
        1
      FROM (
        SELECT dealt.*, dealt.state IN ('STARTED', 'PAUSED', 'DONE', 'CANCELLED') AS begun
        FROM (
          SELECT n,
            CASE WHEN n <= 3 THEN 'STARTED' WHEN n <= 5 THEN 'PAUSED' WHEN n % 20 = 0 THEN 'DRAFT'
              WHEN n % 20 = 1 THEN 'APPROVED' WHEN n % 20 = 2 THEN 'SCHEDULED'
              WHEN n % 20 = 3 THEN 'CANCELLED' ELSE 'DONE' END AS state,
            (ARRAY['ANNOUNCEMENT', 'FIRMWARE_UPDATE', 'APP_UPDATE'])[1 + n % 3] AS kind,
            CASE WHEN n <= 5 THEN 'router-app-android' ELSE 'model-' || n % 99 END AS product,
            (ARRAY['Maintenance on Sunday', 'Please change your password', 'A survey of the app',
              'Support ends soon', 'Something new for you'])[1 + n % 5] || ' ' || n AS title,
            'author-' || n % 9 AS author,
            now() - interval '1 day' - n * interval '40 minutes' AS written,
            date_trunc('second', now()) + (1 + n % 60) * interval '1 day' AS starts
          FROM generate_series(1, ?) AS n) AS dealt) AS made
      """;

  static final String PUSH_CONTENTS =
      """
      INSERT INTO push_content (notice_id, category, default_language, texts, expires_at,
        halted_because, settled)
      SELECT notice.id,
        CASE notice.kind WHEN 'FIRMWARE_UPDATE' THEN 'firmware-update'
          WHEN 'APP_UPDATE' THEN 'app-update' ELSE 'announcement' END,
        'en', notice.texts::jsonb, notice.expires_at,
        CASE notice.state WHEN 'PAUSED' THEN 'notice-paused'
          WHEN 'CANCELLED' THEN 'notice-cancelled' END,
        notice.state IN ('DONE', 'CANCELLED')
      FROM notice WHERE notice.started_at IS NOT NULL
      """;

  static final String WALKS =
      """
      INSERT INTO notice_walk (notice_id, urgent, after, planned, walked_at, through_at)
      SELECT notice.id, false, '~', 10000, notice.started_at, notice.started_at
      FROM notice WHERE notice.started_at IS NOT NULL
      """;

  /** Of what is under way, to the first phones; 40 % wait for hours to come. */
  static final String DELIVERIES =
      """
      INSERT INTO delivery (notice_id, device_id, state, reason, attempts, due_at, finished_at,
        read_at, pruned)
      SELECT dealt.notice_id, dealt.device_id, dealt.state,
        CASE dealt.state WHEN 'DEAD' THEN 'UNREGISTERED'
          WHEN 'SUPPRESSED' THEN 'no-push-address' END,
        CASE WHEN dealt.state IN ('ACCEPTED', 'DEAD') THEN 1 ELSE 0 END,
        CASE WHEN dealt.state = 'PENDING' THEN now() + (6 + dealt.n % 6) * interval '1 hour'
          ELSE dealt.started_at END,
        CASE WHEN dealt.state <> 'PENDING' THEN dealt.started_at + interval '10 minutes' END,
        CASE WHEN dealt.state = 'ACCEPTED' AND dealt.n % 3 = 0
          THEN dealt.started_at + interval '20 minutes' END,
        dealt.state = 'DEAD'
      FROM (
        SELECT notice.id AS notice_id, numbered.id AS device_id, notice.started_at, numbered.n,
          CASE WHEN numbered.n % 50 = 0 THEN 'DEAD' WHEN numbered.n % 11 = 0 THEN 'SUPPRESSED'
            WHEN numbered.n % 5 < 2 THEN 'PENDING' ELSE 'ACCEPTED' END AS state
        FROM notice
        CROSS JOIN (
          SELECT device.id, ('x' || substr(md5(device.id), 1, 6))::bit(24)::int AS n
          FROM device
          WHERE device.kind = 'PHONE' AND device.id <= 'dev_' || lpad(to_hex(30000), 26, '0'))
          AS numbered
        WHERE notice.state IN ('STARTED', 'PAUSED')) AS dealt
      """;

  /** What the counts of a notice are when all of it is over. */
  static final String COUNTS_OF_DONE =
      """
      INSERT INTO notice_count (notice_id, axis, value, state, devices, tried, pruned, seen)
      SELECT notice.id, counted.axis, counted.value, counted.state, counted.devices, counted.tried,
        counted.pruned, counted.seen
      FROM notice
      CROSS JOIN (VALUES
        ('reason', '', 'ACCEPTED', 9000, 9000, 0, 3000),
        ('reason', 'no-push-address', 'SUPPRESSED', 800, 0, 0, 0),
        ('reason', 'UNREGISTERED', 'DEAD', 200, 200, 200, 0),
        ('country', 'DE', 'PLANNED', 6000, 0, 0, 0), ('country', 'FR', 'PLANNED', 4000, 0, 0, 0),
        ('country', 'DE', 'ACCEPTED', 5400, 0, 0, 0), ('country', 'FR', 'ACCEPTED', 3600, 0, 0, 0),
        ('language', 'de', 'PLANNED', 6000, 0, 0, 0), ('language', 'fr', 'PLANNED', 4000, 0, 0, 0))
        AS counted (axis, value, state, devices, tried, pruned, seen)
      WHERE notice.state IN ('DONE', 'CANCELLED')
      """;

  private ScaleSql() {}
}
