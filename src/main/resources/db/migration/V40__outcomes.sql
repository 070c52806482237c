-- What became of updates (docs/adr/0050).
-- Classification (table, column: class; purpose; retention; readers):
--   device_outcome, all columns but network and history: pseudonymous; to know whether updates happened; until the device is deleted;
--     the device itself, its account, operators
--   device_outcome.network: pseudonymous; so that one network cannot halt a rollout, a keyed hash that differs by release; until the
--     device is deleted; nobody, compared only
--   device_outcome.history: pseudonymous; the last 20 transitions with masked details; until the device is deleted; operators
--   outcome_count, outcome_change, outcome_network: public (numbers without a device); health of rollouts; for ever; operators
CREATE TABLE device_outcome (
  device_id    text        NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  version      text        NOT NULL, -- of the release
  product_id   text        NOT NULL,
  current      boolean     NOT NULL DEFAULT false, -- the one that the device is busy with, or was last
  state        text        NOT NULL,
  attempt      int         NOT NULL DEFAULT 0,
  phase        int         NOT NULL DEFAULT -1, -- in which it was offered first; -1: never offered
  counted      boolean     NOT NULL DEFAULT false, -- whether it can halt or promote a rollout
  mark         text, -- how it ended, as it is counted
  begun        boolean     NOT NULL DEFAULT false,
  former       text, -- the version that the device comes from
  boot         text, -- hash of the boot id of the last report
  succeeded_at timestamptz,
  target_since timestamptz,
  since        timestamptz NOT NULL,
  heard_at     timestamptz NOT NULL,
  held_until   timestamptz, -- before which it is not offered
  due_at       timestamptz, -- when it times out
  progress     int,
  code         text,
  network      bytea, -- keyed hash of where the last report came from
  history      jsonb       NOT NULL DEFAULT '[]',
  PRIMARY KEY (device_id, version)
);
-- A device is busy with one release at a time; the check of a device reads this one row.
CREATE UNIQUE INDEX device_outcome_current ON device_outcome (device_id) WHERE current;
CREATE INDEX device_outcome_due ON device_outcome (due_at) WHERE due_at IS NOT NULL;

-- How many attempts of a release have come how far: kept as they happen. Like fleet_count and fleet_change (docs/adr/0037).
CREATE TABLE outcome_count (
  product_id text    NOT NULL,
  version    text    NOT NULL,
  phase      int     NOT NULL,
  counted    boolean NOT NULL,
  what       text    NOT NULL,
  devices    bigint  NOT NULL,
  PRIMARY KEY (product_id, version, phase, counted, what)
);
CREATE TABLE outcome_change (
  product_id text    NOT NULL,
  version    text    NOT NULL,
  phase      int     NOT NULL,
  counted    boolean NOT NULL,
  what       text    NOT NULL,
  devices    int     NOT NULL -- 1: one more; -1: one less
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
CREATE VIEW outcome_now AS
SELECT product_id, version, phase, counted, what, devices FROM outcome_count
UNION ALL
SELECT product_id, version, phase, counted, what, devices FROM outcome_change;

-- Failures by the network that they came from: none may be more than a tenth of them.
CREATE TABLE outcome_network (
  product_id text   NOT NULL,
  version    text   NOT NULL,
  network    bytea  NOT NULL,
  failures   bigint NOT NULL,
  PRIMARY KEY (product_id, version, network)
);
CREATE INDEX outcome_network_most ON outcome_network (product_id, version, failures DESC);

-- What a product, or one release of it, sets in place of the defaults. An empty version: the product.
CREATE TABLE outcome_policy (
  product_id text NOT NULL,
  version    text NOT NULL DEFAULT '',
  settings   jsonb NOT NULL,
  revision   int  NOT NULL DEFAULT 1,
  PRIMARY KEY (product_id, version)
);
