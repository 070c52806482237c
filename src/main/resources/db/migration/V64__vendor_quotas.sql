-- What vendors of phones let an app of Getui push in a day, asked about once an hour by one instance for all.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
CREATE TABLE vendor_quota_ask (
  account_id text PRIMARY KEY, -- as in push_account, which comes with the first push: no reference
  asked_at   timestamptz NOT NULL,
  told_at    timestamptz,      -- when an answer last told something
  not_told   text              -- why the last one told nothing
);

CREATE TABLE vendor_quota (
  account_id text    NOT NULL REFERENCES vendor_quota_ask (account_id) ON DELETE CASCADE,
  vendor     text    NOT NULL, -- as Getui names its channel
  total      bigint,           -- in the day
  remaining  bigint,           -- of it
  limited    boolean NOT NULL,
  PRIMARY KEY (account_id, vendor)
);
