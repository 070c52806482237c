-- How far the ledger of erasures was replayed into a restored database (docs/adr/0049).
--
-- classification     class    purpose                                       retention           readers
-- erasure_replay.*   public   to serve nobody's data before it is replayed  one row, for ever   jobs, the gate of requests
CREATE TABLE erasure_replay (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  due       boolean NOT NULL DEFAULT false,
  kind      text    NOT NULL DEFAULT '', -- what is walked: devices, then what comes behind it in the order of the names
  after_id  text    NOT NULL DEFAULT '', -- the last row that was looked at
  erased    bigint  NOT NULL DEFAULT 0   -- how many were erased again, the last time
);
INSERT INTO erasure_replay (singleton) VALUES (true);
