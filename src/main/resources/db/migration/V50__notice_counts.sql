-- How many deliveries of each notice are how far, without a look at any of them (docs/adr/0058).
--
-- Classification: notice_count, notice_change, notice_series; every column is class public (counts and codes, no device, no person);
-- purpose: progress of notices; retention: with the notice, notice_series 400 days; readers: operators.

-- By reason ('reason', of the states of delivery), and by country and language of the device ('country', 'language'; of the final
-- states, and PLANNED once for each delivery): as the device was when it came into that state.
CREATE TABLE notice_count (
  notice_id text   NOT NULL,
  axis      text   NOT NULL CHECK (axis IN ('reason', 'country', 'language')),
  value     text   NOT NULL, -- empty: without a reason, or not known
  state     text   NOT NULL,
  devices   bigint NOT NULL, -- with what of notice_change was folded into it; for a while it may be below zero
  tried     bigint NOT NULL, -- of them at least once
  pruned    bigint NOT NULL, -- of them with the address
  seen      bigint NOT NULL, -- of them read in an inbox
  PRIMARY KEY (notice_id, axis, value, state)
);

-- What has changed and is not folded yet. Rows are only added, so that no delivery waits for another one.
CREATE TABLE notice_change (
  notice_id text        NOT NULL,
  axis      text        NOT NULL,
  value     text        NOT NULL,
  state     text        NOT NULL,
  devices   bigint      NOT NULL,
  tried     bigint      NOT NULL,
  pruned    bigint      NOT NULL,
  seen      bigint      NOT NULL,
  at        timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- Both together are exact at any moment, in one statement.
CREATE VIEW notice_now AS
SELECT notice_id, axis, value, state, devices, tried, pruned, seen FROM notice_count
UNION ALL
SELECT notice_id, axis, value, state, devices, tried, pruned, seen FROM notice_change;

-- What came to an end in each minute.
CREATE TABLE notice_series (
  notice_id  text        NOT NULL,
  at         timestamptz NOT NULL, -- the begin of the minute
  accepted   bigint      NOT NULL,
  suppressed bigint      NOT NULL,
  dead       bigint      NOT NULL,
  seen       bigint      NOT NULL,
  PRIMARY KEY (notice_id, at)
);
CREATE INDEX notice_series_old ON notice_series (at);

-- Triggers, since instances of the version before write deliveries too; one row a statement and group, not one a delivery.
CREATE FUNCTION count_planned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notice_change (notice_id, axis, value, state, devices, tried, pruned, seen)
  SELECT fresh.notice_id, 'reason', coalesce(fresh.reason, ''), fresh.state, count(*),
    count(*) FILTER (WHERE fresh.attempts > 0), count(*) FILTER (WHERE fresh.pruned), count(fresh.read_at)
  FROM fresh
  GROUP BY 1, 2, 3, 4;
  INSERT INTO notice_change (notice_id, axis, value, state, devices, tried, pruned, seen)
  SELECT placed.notice_id, CASE WHEN grouping(placed.country) = 0 THEN 'country' ELSE 'language' END,
    CASE WHEN grouping(placed.country) = 0 THEN placed.country ELSE placed.language END, placed.state, count(*), 0, 0, 0
  FROM (
    SELECT fresh.notice_id, coalesce(device.country, '') AS country, coalesce(device.language, '') AS language, into_state.state
    FROM fresh
    JOIN device ON device.id = fresh.device_id
    CROSS JOIN LATERAL (
      SELECT 'PLANNED' AS state
      UNION ALL
      SELECT fresh.state WHERE fresh.state IN ('ACCEPTED', 'SUPPRESSED', 'DEAD')) AS into_state) AS placed
  GROUP BY GROUPING SETS ((placed.notice_id, placed.state, placed.country), (placed.notice_id, placed.state, placed.language));
  RETURN NULL;
END $$;
CREATE TRIGGER count_planned AFTER INSERT ON delivery
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION count_planned();

CREATE FUNCTION count_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notice_change (notice_id, axis, value, state, devices, tried, pruned, seen)
  SELECT moved.notice_id, 'reason', coalesce(moved.reason, ''), moved.state, sum(moved.n),
    coalesce(sum(moved.n) FILTER (WHERE moved.attempts > 0), 0), coalesce(sum(moved.n) FILTER (WHERE moved.pruned), 0),
    coalesce(sum(moved.n) FILTER (WHERE moved.read_at IS NOT NULL), 0)
  FROM (
    SELECT notice_id, reason, state, attempts, pruned, read_at, 1 AS n FROM fresh
    UNION ALL
    SELECT notice_id, reason, state, attempts, pruned, read_at, -1 FROM former) AS moved
  GROUP BY 1, 2, 3, 4
  HAVING sum(moved.n) <> 0
    OR coalesce(sum(moved.n) FILTER (WHERE moved.attempts > 0), 0) <> 0
    OR coalesce(sum(moved.n) FILTER (WHERE moved.pruned), 0) <> 0
    OR coalesce(sum(moved.n) FILTER (WHERE moved.read_at IS NOT NULL), 0) <> 0;
  -- A claim brings nothing to an end, and finds no row here.
  INSERT INTO notice_change (notice_id, axis, value, state, devices, tried, pruned, seen)
  SELECT placed.notice_id, CASE WHEN grouping(placed.country) = 0 THEN 'country' ELSE 'language' END,
    CASE WHEN grouping(placed.country) = 0 THEN placed.country ELSE placed.language END, placed.state, sum(placed.n), 0, 0, 0
  FROM (
    SELECT ended.notice_id, ended.state, ended.n, coalesce(device.country, '') AS country,
      coalesce(device.language, '') AS language
    FROM (
      SELECT notice_id, device_id, state, 1 AS n FROM fresh WHERE fresh.state IN ('ACCEPTED', 'SUPPRESSED', 'DEAD')
      UNION ALL
      SELECT notice_id, device_id, state, -1 FROM former WHERE former.state IN ('ACCEPTED', 'SUPPRESSED', 'DEAD')) AS ended
    JOIN device ON device.id = ended.device_id) AS placed
  GROUP BY GROUPING SETS ((placed.notice_id, placed.state, placed.country), (placed.notice_id, placed.state, placed.language))
  HAVING sum(placed.n) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER count_moved AFTER UPDATE ON delivery
  REFERENCING OLD TABLE AS former NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION count_moved();

-- A device goes, and its deliveries with it. Where it was is not known any more: what happened by country and language stays.
CREATE FUNCTION count_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notice_change (notice_id, axis, value, state, devices, tried, pruned, seen)
  SELECT former.notice_id, 'reason', coalesce(former.reason, ''), former.state, -count(*),
    -count(*) FILTER (WHERE former.attempts > 0), -count(*) FILTER (WHERE former.pruned), -count(former.read_at)
  FROM former
  GROUP BY 1, 2, 3, 4;
  RETURN NULL;
END $$;
CREATE TRIGGER count_removed AFTER DELETE ON delivery
  REFERENCING OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION count_removed();

-- The last entry about each kind of thing: what a console compares to see whether to look again.
CREATE INDEX audit_entry_topic ON audit_entry (split_part(action, '.', 1), number);

-- What a console asks for every second: notices that are under way, however many are done.
CREATE INDEX notice_moving ON notice (created_at, id) WHERE state IN ('STARTED', 'PAUSED');
