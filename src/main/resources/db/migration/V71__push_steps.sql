-- The ladder of a delivered push (docs/adr/0068): what became of it after its provider had accepted it, and who was the first to say so.
-- The version before neither reads nor writes these columns.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.

-- Where there are very many deliveries, the columns and the index were made before this version came (docs/runbook.md).
ALTER TABLE delivery
  ADD COLUMN IF NOT EXISTS held_at         timestamptz, -- the provider began to keep it
  ADD COLUMN IF NOT EXISTS arrived_at      timestamptz, -- within the bounds of clocks, as all of these
  ADD COLUMN IF NOT EXISTS arrived_by      text,
  ADD COLUMN IF NOT EXISTS shown_at        timestamptz,
  ADD COLUMN IF NOT EXISTS shown_by        text,
  ADD COLUMN IF NOT EXISTS opened_at       timestamptz,
  ADD COLUMN IF NOT EXISTS opened_by       text,
  ADD COLUMN IF NOT EXISTS dropped_at      timestamptz,
  ADD COLUMN IF NOT EXISTS dropped_by      text,
  ADD COLUMN IF NOT EXISTS dropped_because text,
  ADD COLUMN IF NOT EXISTS steps_since     timestamptz; -- when the first was told, by our clock
-- What has outlived its period is found by it. Empty, since nothing was told yet.
CREATE INDEX IF NOT EXISTS delivery_steps_old ON delivery (steps_since) WHERE steps_since IS NOT NULL;

-- Whether the owner lets it be recorded what became of pushes.
ALTER TABLE notification_alerts ADD COLUMN delivery_receipts boolean NOT NULL DEFAULT true;

-- Three more axes: 'step' (the value is who said so), 'within' (by which mark it was shown), 'dropped' (the value is the reason, the
-- state who said so). These are only ever added to: what happened stays when a delivery goes.
ALTER TABLE notice_count DROP CONSTRAINT notice_count_axis_check;
ALTER TABLE notice_count ADD CONSTRAINT notice_count_axis_check
  CHECK (axis IN ('reason', 'country', 'language', 'step', 'within', 'dropped')) NOT VALID;
