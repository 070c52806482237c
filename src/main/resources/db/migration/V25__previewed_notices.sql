-- What the last preview of a notice has counted, so that what was planned can be compared with it (docs/adr/0035).
ALTER TABLE notice
  ADD COLUMN previewed    bigint,
  ADD COLUMN previewed_at timestamptz;

-- Of the deliveries that were planned: devices that registered behind that preview.
ALTER TABLE notice_walk ADD COLUMN newer bigint NOT NULL DEFAULT 0;
