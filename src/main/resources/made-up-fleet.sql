-- A made-up fleet for a first look at the console, in dev mode alone (docs/adr/0059). Every statement ends with a semicolon at the
-- end of a line. No device has a push address, so nothing of it is ever pushed.
INSERT INTO product (id, name, kind, default_language, version_scheme, security_only, supported_until)
VALUES
  ('demo_ax6000', 'Demo AX6000', 'FIRMWARE', 'en', 'NATURAL', false, current_date + 900),
  ('demo_n450', 'Demo N450', 'FIRMWARE', 'en', 'NATURAL', false, current_date + 60),
  ('demo-app-android', 'Demo Router App', 'APP', 'en', 'NATURAL', false, NULL);

-- Moments as the catalogue writes them.
INSERT INTO release (product_id, version, document, author, writers, released_by, released_at)
SELECT made.product, made.version,
  jsonb_strip_nulls(jsonb_build_object(
    'version', made.version, 'state', CASE WHEN made.days IS NULL THEN 'draft' END, 'severity', made.severity,
    'publishedAt', to_char((now() - made.days * interval '1 day') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'rollout', made.rollout, 'notes', jsonb_build_object(
      'en', jsonb_build_object('title', made.title, 'body', 'What is new in ' || made.version || '.'),
      'de', jsonb_build_object('title', made.title, 'body', 'Neu in ' || made.version || '.')))),
  'demo-author', ARRAY['demo-author'],
  CASE WHEN made.days IS NOT NULL THEN 'demo-operator' END,
  CASE WHEN made.days IS NOT NULL THEN now() - made.days * interval '1 day' END
FROM (VALUES
  ('demo_ax6000', '1.2.0', 400.0, 'recommended', 'Faster mesh', NULL::jsonb),
  ('demo_ax6000', '1.3.0', 120.0, 'security', 'Closes CVE-2026-0001', NULL),
  ('demo_ax6000', '1.4.0', 2.5, 'recommended', 'Wi-Fi 7 and a new home page',
    '{"phases":[{"percentage":1,"soak":"PT24H"},{"percentage":10,"soak":"PT72H"},{"percentage":50,"soak":"PT72H"},{"percentage":100}]}'),
  ('demo_ax6000', '1.5.0', NULL, 'recommended', 'Next: quieter fans',
    '{"phases":[{"percentage":1,"soak":"PT24H"},{"percentage":100}]}'),
  ('demo_n450', '1.0.8', 500.0, 'recommended', 'First release', NULL),
  ('demo_n450', '1.0.9', 200.0, 'critical', 'Reboots less', NULL),
  ('demo_n450', '1.1.0', 4.0, 'recommended', 'A new radio driver', jsonb_build_object(
    'phases', '[{"percentage":5,"soak":"PT48H"},{"percentage":100}]'::jsonb, 'state', 'halted',
    'heldSince', to_char((now() - interval '3 days') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))),
  ('demo-app-android', '3.0.1', 300.0, 'recommended', 'Dark mode', NULL),
  ('demo-app-android', '3.1.0', 30.0, 'recommended', 'Guest Wi-Fi by QR code', NULL))
  AS made (product, version, days, severity, title, rollout);

INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel, secret_index, registered_at, last_seen_on,
  revision)
SELECT 'dev_' || substr(md5('demo-device-' || n), 1, 26),
  CASE WHEN n % 10 < 8 THEN 'ROUTER' ELSE 'PHONE' END,
  CASE WHEN n % 10 < 5 THEN 'demo_ax6000' WHEN n % 10 < 8 THEN 'demo_n450' ELSE 'demo-app-android' END,
  CASE
    WHEN n % 10 < 5 THEN (ARRAY['1.4.0', '1.3.0', '1.3.0', '1.3.0', '1.3.0', '1.3.0', '1.3.0', '1.2.0', '1.2.0', '1.2.0'])
      [CASE WHEN (n / 10) % 100 < 8 THEN 1 ELSE 2 + (n / 10) % 9 END]
    WHEN n % 10 < 8 THEN CASE WHEN (n / 10) % 100 < 4 THEN '1.1.0' WHEN (n / 10) % 100 < 72 THEN '1.0.9' ELSE '1.0.8' END
    ELSE CASE WHEN (n / 10) % 100 < 61 THEN '3.1.0' ELSE '3.0.1' END
  END,
  place.country, place.time_zone, place.language, CASE WHEN n % 97 = 0 THEN 'candidate' ELSE 'stable' END,
  sha256(convert_to('demo-' || n || gen_random_uuid(), 'UTF8')),
  now() - (1 + (n * 7919) % 400) * interval '1 day',
  current_date - CASE WHEN n % 10 < 7 THEN 0 WHEN n % 100 < 97 THEN (n / 7) % 20 ELSE 40 + n % 200 END,
  0
FROM generate_series(1, 20000) AS n
CROSS JOIN LATERAL (
  SELECT (ARRAY['DE', 'DE', 'DE', 'DE', 'FR', 'FR', 'US', 'US', 'US', 'ES', 'ES', 'IT', 'PL', 'BR', 'MX', 'GB', 'NL', 'SE', 'AT', NULL])
      [place.at] AS country,
    (ARRAY['Europe/Berlin', 'Europe/Berlin', 'Europe/Berlin', 'Europe/Berlin', 'Europe/Paris', 'Europe/Paris', 'America/New_York',
      'America/Chicago', 'America/Los_Angeles', 'Europe/Madrid', 'Europe/Madrid', 'Europe/Rome', 'Europe/Warsaw', 'America/Sao_Paulo',
      'America/Mexico_City', 'Europe/London', 'Europe/Amsterdam', 'Europe/Stockholm', 'Europe/Vienna', NULL])[place.at] AS time_zone,
    (ARRAY['de', 'de', 'de', 'en', 'fr', 'fr', 'en', 'en', 'es', 'es', 'es', 'it', 'pl', 'pt-BR', 'es-MX', 'en', 'nl', 'sv', 'de', NULL])
      [place.at] AS language
  FROM (SELECT 1 + (n * 31 + n / 13) % 20 AS at) AS place) AS place;

-- Notices in all states. What is running waits for hours to come.
INSERT INTO notice (id, kind, default_language, texts, audience, ttl_seconds, state, author, writers, created_at, approved_by,
  approved_at, starts_at, started_at, expires_at, finished_at, schedule, revision)
SELECT 'ntc_' || substr(md5('demo-notice-' || made.state), 1, 26), made.kind, 'en',
  json_build_object(
    'en', json_build_object('title', made.title, 'body', 'This is a made-up notice for {product}.'),
    'de', json_build_object('title', made.title || ' (de)', 'body', 'Eine ausgedachte Mitteilung für {product}.'),
    'es', json_build_object('title', made.title || ' (es)', 'body', 'Un aviso inventado para {product}.'))::text,
  json_build_object('products', json_build_array(made.product), 'countries', '[]'::json, 'languages', '[]'::json)::text,
  86400, made.state, 'demo-author', '["demo-author"]', now() - made.written,
  CASE WHEN made.state <> 'DRAFT' THEN 'demo-operator' END, CASE WHEN made.state <> 'DRAFT' THEN now() - made.written END,
  CASE WHEN made.state = 'SCHEDULED' THEN now() + interval '2 days' END,
  CASE WHEN made.began IS NOT NULL THEN now() - made.began END,
  CASE WHEN made.began IS NOT NULL THEN now() - made.began + interval '1 day' END,
  CASE WHEN made.state = 'DONE' THEN now() - made.began + interval '3 hours' END,
  CASE WHEN made.state = 'SCHEDULED' THEN json_build_object(
    'at', to_char((now() + interval '2 days') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text END,
  1
FROM (VALUES
  ('DRAFT', 'ANNOUNCEMENT', 'demo-app-android', 'A survey about the app', interval '1 hour', NULL::interval),
  ('APPROVED', 'ANNOUNCEMENT', 'demo_n450', 'Support ends soon', interval '1 day', NULL),
  ('SCHEDULED', 'ANNOUNCEMENT', 'demo_ax6000', 'Maintenance on Sunday', interval '2 days', NULL),
  ('STARTED', 'FIRMWARE_UPDATE', 'demo_ax6000', 'Version 1.4.0 is coming to you', interval '5 hours', interval '4 hours'),
  ('PAUSED', 'ANNOUNCEMENT', 'demo-app-android', 'New terms of the cloud', interval '2 days', interval '6 hours'),
  ('DONE', 'ANNOUNCEMENT', 'demo_ax6000', 'Please change your Wi-Fi password', interval '21 days', interval '20 days'),
  ('CANCELLED', 'ANNOUNCEMENT', 'demo_n450', 'Sent by mistake', interval '9 days', interval '9 days'))
  AS made (state, kind, product, title, written, began);

INSERT INTO push_content (notice_id, category, default_language, texts, expires_at, halted_because, settled)
SELECT notice.id, CASE notice.kind WHEN 'FIRMWARE_UPDATE' THEN 'firmware-update' ELSE 'announcement' END, 'en', notice.texts::jsonb, notice.expires_at,
  CASE notice.state WHEN 'PAUSED' THEN 'notice-paused' WHEN 'CANCELLED' THEN 'notice-cancelled' END,
  notice.state IN ('DONE', 'CANCELLED')
FROM notice WHERE notice.author = 'demo-author' AND notice.started_at IS NOT NULL;

INSERT INTO notice_walk (notice_id, urgent, after, planned, walked_at, through_at)
SELECT notice.id, false, '~', 0, notice.started_at, notice.started_at
FROM notice WHERE notice.author = 'demo-author' AND notice.started_at IS NOT NULL;

-- Of what goes on a part waits for hours to come; of what is over nothing does.
INSERT INTO delivery (notice_id, device_id, state, reason, attempts, due_at, finished_at, read_at, pruned)
SELECT dealt.notice_id, dealt.device_id, dealt.state,
  CASE dealt.state WHEN 'DEAD' THEN 'UNREGISTERED'
    WHEN 'SUPPRESSED' THEN CASE WHEN dealt.cancelled THEN 'notice-cancelled' WHEN dealt.n % 3 = 0 THEN 'category-off'
      ELSE 'no-push-address' END END,
  CASE WHEN dealt.state IN ('ACCEPTED', 'DEAD') THEN 1 ELSE 0 END,
  CASE WHEN dealt.state = 'PENDING' THEN now() + (1 + dealt.n % 12) * interval '1 hour' ELSE dealt.started_at END,
  CASE WHEN dealt.state <> 'PENDING' THEN dealt.started_at + (dealt.n % 150) * interval '1 minute' END,
  CASE WHEN dealt.state = 'ACCEPTED' AND dealt.n % 3 = 0 THEN dealt.started_at + (dealt.n % 170) * interval '1 minute' END,
  dealt.state = 'DEAD'
FROM (
  SELECT notice.id AS notice_id, device.id AS device_id, notice.started_at, numbered.n, notice.state = 'CANCELLED' AS cancelled,
    CASE
      WHEN notice.state = 'CANCELLED' THEN CASE WHEN numbered.n % 10 = 0 THEN 'ACCEPTED' ELSE 'SUPPRESSED' END
      WHEN numbered.n % 50 = 0 THEN 'DEAD'
      WHEN numbered.n % 11 = 0 THEN 'SUPPRESSED'
      WHEN notice.state <> 'DONE' AND numbered.n % 5 < 2 THEN 'PENDING'
      ELSE 'ACCEPTED'
    END AS state
  FROM notice
  JOIN device ON device.product_id = notice.audience::jsonb -> 'products' ->> 0
  CROSS JOIN LATERAL (SELECT ('x' || substr(md5(device.id), 1, 6))::bit(24)::int AS n) AS numbered
  WHERE notice.author = 'demo-author' AND notice.started_at IS NOT NULL) AS dealt;

UPDATE notice_walk SET planned = (SELECT count(*) FROM delivery WHERE delivery.notice_id = notice_walk.notice_id)
WHERE notice_walk.notice_id IN (SELECT notice.id FROM notice WHERE notice.author = 'demo-author');

-- How far those came that were accepted. Of three in ten nobody says anything; what a phone shows, it shows within 70 minutes.
UPDATE delivery
SET held_at = CASE WHEN dealt.n % 20 IN (6, 10) THEN delivery.finished_at END,
  arrived_at = CASE WHEN dealt.n % 20 NOT IN (6, 7) THEN dealt.at END,
  arrived_by = CASE WHEN dealt.n % 20 IN (9, 10, 11) THEN 'provider' WHEN dealt.n % 20 NOT IN (6, 7) THEN 'app' END,
  shown_at = CASE WHEN dealt.n % 20 >= 11 THEN dealt.at END,
  shown_by = CASE WHEN dealt.n % 20 >= 11 THEN 'app' END,
  opened_at = CASE WHEN dealt.n % 20 >= 17 THEN dealt.at + interval '20 seconds' END,
  opened_by = CASE WHEN dealt.n % 20 >= 17 THEN 'app' END,
  dropped_at = CASE WHEN dealt.n % 20 IN (7, 8) THEN dealt.at END,
  dropped_by = CASE dealt.n % 20 WHEN 7 THEN 'provider' WHEN 8 THEN 'app' END,
  dropped_because = CASE dealt.n % 20 WHEN 7 THEN 'CAPPED' WHEN 8 THEN (ARRAY['SWITCHED_OFF', 'NOT_PERMITTED', 'EXPIRED'])[1 + dealt.n / 20 % 3] END,
  steps_since = dealt.at
FROM (
  SELECT accepted.notice_id, accepted.device_id, numbered.n,
    accepted.finished_at + (ARRAY[2, 3, 5, 8, 20, 45, 75, 110, 400, 4000])[1 + numbered.n / 20 % 10] * interval '1 second' AS at
  FROM delivery AS accepted
  JOIN notice ON notice.id = accepted.notice_id
  CROSS JOIN LATERAL (SELECT ('x' || substr(md5('steps' || accepted.device_id), 1, 6))::bit(24)::int AS n) AS numbered
  WHERE notice.author = 'demo-author' AND accepted.state = 'ACCEPTED' AND numbered.n % 20 >= 6) AS dealt
WHERE delivery.notice_id = dealt.notice_id AND delivery.device_id = dealt.device_id;

-- The series say when it happened, not when it was made up.
WITH taken AS (
  DELETE FROM notice_change
  USING notice
  WHERE notice.id = notice_change.notice_id AND notice.author = 'demo-author'
  RETURNING notice_change.*)
INSERT INTO notice_count (notice_id, axis, value, state, devices, tried, pruned, seen)
SELECT taken.notice_id, taken.axis, taken.value, taken.state, sum(taken.devices), sum(taken.tried), sum(taken.pruned), sum(taken.seen)
FROM taken
GROUP BY 1, 2, 3, 4;

-- As the service counts steps when they are told (docs/adr/0068).
INSERT INTO notice_count (notice_id, axis, value, state, devices, tried, pruned, seen)
SELECT delivery.notice_id, step.axis, step.value, step.state, count(*), 0, 0, 0
FROM delivery
JOIN notice ON notice.id = delivery.notice_id
CROSS JOIN LATERAL (VALUES
  ('step', CASE WHEN delivery.held_at IS NOT NULL THEN 'provider' END, 'HELD'),
  ('step', delivery.arrived_by, 'ARRIVED'),
  ('step', delivery.shown_by, 'SHOWN'),
  ('step', delivery.opened_by, 'OPENED'),
  ('step', delivery.dropped_by, 'DROPPED'),
  ('dropped', replace(lower(delivery.dropped_because), '_', '-'), upper(delivery.dropped_by)),
  ('within', CASE WHEN delivery.shown_at IS NOT NULL THEN (
    SELECT coalesce(min(mark.seconds)::text, 'later')
    FROM unnest(ARRAY[10, 60, 120, 600, 3600, 21600]) AS mark (seconds)
    WHERE delivery.shown_at <= delivery.finished_at + mark.seconds * interval '1 second') END, 'SHOWN')) AS step (axis, value, state)
WHERE notice.author = 'demo-author' AND step.value IS NOT NULL
GROUP BY 1, 2, 3, 4;

INSERT INTO notice_series (notice_id, at, accepted, suppressed, dead, seen)
SELECT delivery.notice_id, date_trunc('minute', delivery.finished_at, 'UTC'),
  count(*) FILTER (WHERE delivery.state = 'ACCEPTED'), count(*) FILTER (WHERE delivery.state = 'SUPPRESSED'),
  count(*) FILTER (WHERE delivery.state = 'DEAD'), count(delivery.read_at)
FROM delivery
JOIN notice ON notice.id = delivery.notice_id
WHERE notice.author = 'demo-author' AND delivery.finished_at IS NOT NULL
GROUP BY 1, 2;

-- Sixty days of adoption: the newest version of each product grows at the cost of the one before.
INSERT INTO adoption (product_id, axis, at, value, devices)
SELECT counted.product_id, counted.axis, date_trunc('day', now(), 'UTC') - back * interval '1 day', counted.value,
  greatest(1, round(CASE WHEN counted.place = 1 AND counted.axis = 'version'
    THEN counted.devices * greatest(0, 1 - back / counted.age) ELSE counted.devices * (1 - back * 0.002) END))
FROM generate_series(0, 60) AS back
CROSS JOIN (
  SELECT device.product_id, 'version' AS axis, device.version AS value, count(*) AS devices,
    row_number() OVER (PARTITION BY device.product_id ORDER BY device.version DESC) AS place,
    CASE device.version WHEN '1.4.0' THEN 3.0 WHEN '1.1.0' THEN 4.0 ELSE 31.0 END AS age
  FROM device WHERE device.product_id LIKE 'demo%' GROUP BY 1, 3
  UNION ALL
  SELECT device.product_id, 'country', coalesce(device.country, ''), count(*), 2, 1.0
  FROM device WHERE device.product_id LIKE 'demo%' GROUP BY 1, 3) AS counted
ON CONFLICT DO NOTHING;

-- What became of the two rollouts: devices that run the version, some that failed, and some that are under way. None of it times out.
INSERT INTO device_outcome (device_id, version, product_id, current, state, attempt, phase, counted, mark, begun, former, succeeded_at,
  target_since, since, heard_at, held_until, code, history)
SELECT dealt.id, dealt.target, dealt.product_id, true, dealt.state, 1 + dealt.n / 7 % 2, CASE WHEN dealt.n / 3 % 10 = 0 THEN 0 ELSE dealt.last END,
  dealt.registered_at < now() - interval '10 days', CASE dealt.state WHEN 'failed' THEN CASE WHEN dealt.n / 7 % 2 = 0 THEN 'install-failed' ELSE 'download-failed' END
    WHEN 'timed-out' THEN 'lost' WHEN 'confirmed' THEN 'confirmed' WHEN 'rolled-back' THEN 'rolled-back' WHEN 'postponed' THEN 'postponed' END,
  dealt.state <> 'offered', dealt.former, CASE WHEN dealt.state IN ('confirmed', 'restarting') THEN dealt.at END,
  CASE WHEN dealt.state IN ('confirmed', 'restarting') THEN dealt.at END, dealt.at, dealt.at,
  CASE WHEN dealt.state IN ('failed', 'rolled-back') THEN CASE WHEN dealt.n / 7 % 2 = 1 THEN '9999-12-31T00:00:00Z'::timestamptz ELSE now() + interval '6 hours' END END,
  CASE WHEN dealt.state = 'failed' THEN CASE WHEN dealt.n / 7 % 2 = 0 THEN 'no-space' ELSE 'download-interrupted' END
    WHEN 'rolled-back' = dealt.state THEN 'rolled-back' WHEN 'timed-out' = dealt.state THEN 'timed-out' END,
  jsonb_build_array(
    jsonb_build_object('at', to_char((dealt.at - interval '2 hours') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'event', 'offer', 'state', 'offered'),
    jsonb_build_object('at', to_char((dealt.at - interval '1 hour') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'event', 'downloading', 'state', 'downloading'))
FROM (
  SELECT device.id, device.product_id, device.registered_at, numbered.n, now() - (1 + numbered.n % 40) * interval '1 hour' AS at,
    CASE device.product_id WHEN 'demo_ax6000' THEN '1.4.0' ELSE '1.1.0' END AS target,
    CASE device.product_id WHEN 'demo_ax6000' THEN '1.3.0' ELSE '1.0.9' END AS former,
    CASE device.product_id WHEN 'demo_ax6000' THEN 1 ELSE 0 END AS last,
    CASE
      WHEN device.version IN ('1.4.0', '1.1.0') THEN CASE WHEN numbered.n % 13 = 0 THEN 'restarting' ELSE 'confirmed' END
      WHEN device.product_id = 'demo_ax6000' THEN (ARRAY['offered', 'offered', 'downloading', 'downloading', 'installing', 'failed', 'postponed'])
        [1 + numbered.n / 50 % 7]
      ELSE (ARRAY['failed', 'failed', 'rolled-back', 'rolled-back', 'timed-out', 'offered'])[1 + numbered.n / 80 % 6]
    END AS state
  FROM device
  CROSS JOIN LATERAL (SELECT ('x' || substr(md5('outcome' || device.id), 1, 6))::bit(24)::int AS n) AS numbered
  WHERE device.version IN ('1.4.0', '1.1.0')
    OR (device.product_id = 'demo_ax6000' AND numbered.n % 50 = 1) OR (device.product_id = 'demo_n450' AND numbered.n % 80 = 1)) AS dealt;

INSERT INTO outcome_count (product_id, version, phase, counted, what, devices)
SELECT attempt.product_id, attempt.version, attempt.phase, attempt.counted, place.what, count(*)
FROM device_outcome AS attempt
CROSS JOIN LATERAL (VALUES ('offered'), (CASE WHEN attempt.begun THEN 'started' END),
  (CASE WHEN attempt.state = 'restarting' THEN 'soaking' END), (attempt.mark)) AS place (what)
WHERE attempt.product_id LIKE 'demo%' AND place.what IS NOT NULL
GROUP BY 1, 2, 3, 4, 5;

-- Images without bytes, letters that wait, and events that nobody took.
INSERT INTO artifact (id, file, size, sha256, part_sha256, state, refused_because, created_by, created_at, ready_at, looked_at)
SELECT 'art_' || substr(md5(made.file), 1, 26), made.file, made.size, encode(sha256(convert_to(made.file, 'UTF8')), 'hex'), ARRAY[]::text[],
  made.state, CASE made.state WHEN 'refused' THEN 'wrong-sha256' END, 'demo-author', now() - made.age,
  CASE made.state WHEN 'ready' THEN now() - made.age END, now()
FROM (VALUES
  ('demo-ax6000-1.4.0.img', 48234496, 'ready', interval '3 days'),
  ('demo-n450-1.1.0.img', 15728640, 'ready', interval '5 days'),
  ('demo-ax6000-1.5.0-rc1.img', 48300032, 'refused', interval '2 hours')) AS made (file, size, state, age);

INSERT INTO privacy_request (id, kind, reference, ground, verified_at, due_at, opened_at, opened_by, state, answer, closed_at, closed_by)
SELECT 'prq_' || substr(md5(made.reference), 1, 26), made.kind, made.reference, made.ground, now() - made.age, now() - made.age + interval '15 days',
  now() - made.age, 'demo-operator', made.state, CASE made.state WHEN 'ANSWERED' THEN 'DATA_PROVIDED' END,
  CASE made.state WHEN 'ANSWERED' THEN now() - interval '1 day' END, CASE made.state WHEN 'ANSWERED' THEN 'demo-operator' END
FROM (VALUES
  ('ACCESS', 'CASE-4711', NULL, interval '2 days', 'OPEN'),
  ('DELETION', 'CASE-4698', 'NO_CONSENT', interval '11 days', 'OPEN'),
  ('OPT_OUT', 'CASE-4690', NULL, interval '1 day', 'OPEN'),
  ('ACCESS', 'CASE-4655', NULL, interval '9 days', 'ANSWERED')) AS made (kind, reference, ground, age, state);

INSERT INTO event_out (id, topic, at, data)
VALUES ('evt_' || substr(md5('demo-event'), 1, 26), 'rollout.halted', now() - interval '3 days', '{"product":"demo_n450","version":"1.1.0"}');

INSERT INTO event_delivery (event_id, endpoint, state, attempts, due_at, reason)
SELECT event_out.id, 'crm', 'dead', 12, now() - interval '2 hours', 'answered-503' FROM event_out WHERE event_out.topic = 'rollout.halted';

-- Every instance hears of the catalogue, as of each change.
WITH changed AS (
  UPDATE catalogue_revision SET id = 'cat_' || substr(md5('demo' || now()), 1, 26), number = number + 1, since = now()
  RETURNING catalogue_revision.id, catalogue_revision.number),
kept AS (
  INSERT INTO catalogue_history (number, id) SELECT changed.number, changed.id FROM changed)
UPDATE product SET changed_in = changed.number FROM changed WHERE product.id LIKE 'demo%';
