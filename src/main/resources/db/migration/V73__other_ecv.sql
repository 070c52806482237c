-- Somebody registered the identifier of a linked device with another ECV (docs/adr/0009). The user sees it in My data. The version
-- before writes no rows: what registers there in the meantime is not told.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.

-- One row a link, however often it happens; it goes with the link.
CREATE TABLE ecv_mismatch (
  device_id  text        NOT NULL, -- the earlier registration, never the later one
  account_id text        NOT NULL,
  times      bigint      NOT NULL,
  last_at    timestamptz NOT NULL,
  PRIMARY KEY (device_id, account_id),
  FOREIGN KEY (device_id, account_id) REFERENCES device_account (device_id, account_id) ON DELETE CASCADE
);
