-- The deliveries that were there before the triggers. One statement, so that both halves see the same moment: what was noted until
-- then is in the count of the deliveries, and what is noted later stays. Nobody who writes deliveries waits for it.
-- contract: notice_change came with V50; no version before this one reads or writes it.
WITH noted AS (DELETE FROM notice_change),
placed AS (
  SELECT delivery.notice_id, coalesce(delivery.reason, '') AS reason, delivery.state, into_state.state AS reached,
    coalesce(device.country, '') AS country, coalesce(device.language, '') AS language,
    count(*) AS devices, count(*) FILTER (WHERE delivery.attempts > 0) AS tried,
    count(*) FILTER (WHERE delivery.pruned) AS pruned, count(delivery.read_at) AS seen
  FROM delivery
  JOIN device ON device.id = delivery.device_id
  CROSS JOIN LATERAL (
    SELECT 'PLANNED' AS state
    UNION ALL
    SELECT delivery.state WHERE delivery.state IN ('ACCEPTED', 'SUPPRESSED', 'DEAD')) AS into_state
  GROUP BY 1, 2, 3, 4, 5, 6)
INSERT INTO notice_count (notice_id, axis, value, state, devices, tried, pruned, seen)
SELECT notice_id, 'reason', reason, state, sum(devices), sum(tried), sum(pruned), sum(seen)
FROM placed WHERE reached = 'PLANNED' GROUP BY 1, 3, 4
UNION ALL
SELECT notice_id, 'country', country, reached, sum(devices), 0, 0, 0 FROM placed GROUP BY 1, 3, 4
UNION ALL
SELECT notice_id, 'language', language, reached, sum(devices), 0, 0, 0 FROM placed GROUP BY 1, 3, 4;
ANALYZE notice_count;
