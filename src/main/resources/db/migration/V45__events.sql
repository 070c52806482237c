-- What operators' other systems are told (docs/adr/0053).
--
-- Classification (table, column: class, purpose, retention, readers):
--   event_out, all columns: public, to tell other systems of changes, 30 days after the last attempt, operators
--   event_delivery, all columns: public, to know who has taken what, as event_out, operators
--   told_phase, all columns: public, to tell of each phase once, as long as the release, operators
CREATE TABLE event_out (
  id    text PRIMARY KEY,
  topic text        NOT NULL,
  at    timestamptz NOT NULL,
  data  jsonb       NOT NULL
);
CREATE INDEX event_out_at ON event_out (at);

CREATE TABLE event_delivery (
  event_id text NOT NULL REFERENCES event_out (id) ON DELETE CASCADE,
  endpoint text NOT NULL,
  state    text NOT NULL CHECK (state IN ('waiting', 'taken', 'dead')),
  attempts int  NOT NULL DEFAULT 0,
  due_at   timestamptz NOT NULL, -- of one that waits: when it is tried; else when it was settled
  reason   text,                 -- of the last attempt that failed
  PRIMARY KEY (event_id, endpoint)
);
CREATE INDEX event_delivery_due ON event_delivery (due_at) WHERE state = 'waiting';
CREATE INDEX event_delivery_dead ON event_delivery (event_id, endpoint) WHERE state = 'dead';

-- Which phase of a rollout was told last.
CREATE TABLE told_phase (
  product_id text NOT NULL,
  version    text NOT NULL,
  phase      int  NOT NULL, -- from 0
  PRIMARY KEY (product_id, version),
  FOREIGN KEY (product_id, version) REFERENCES release (product_id, version) ON DELETE CASCADE
);
