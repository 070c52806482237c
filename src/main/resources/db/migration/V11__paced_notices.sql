-- Rollouts are told of a page at a time, and what is late keeps to its pace (docs/adr/0018).

-- Who goes through the fleet of a product, and until when nobody else does.
ALTER TABLE rollout_stage
  ADD COLUMN walker       text,
  ADD COLUMN walked_until timestamptz;

-- How far apart the deliveries of a notice are; one without a row knows no pace.
CREATE TABLE notice_pace (
  notice_id   text PRIMARY KEY REFERENCES push_content (notice_id) ON DELETE CASCADE,
  step_micros double precision NOT NULL
);

ALTER TABLE delivery ADD COLUMN pruned boolean NOT NULL DEFAULT false; -- dead, and the device has lost its address with it
