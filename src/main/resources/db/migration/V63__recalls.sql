-- Pushes that are called back (docs/adr/0070). The version before records neither until when a push may be held, nor an intent:
-- what it has sent or forbidden is not called back.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.

-- What must not be shown any more. A row is written by the statement that forbids, and goes when it is expanded: seconds, or as long
-- as a push that was claimed before is being sent.
CREATE TABLE recall_intent (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner        text, -- a device or an account that has switched something off
  notice_id    text, -- or a notice that was cancelled
  after_device text        NOT NULL DEFAULT '', -- up to which its deliveries were looked at
  -- Not the begin of the transaction: every claim that was made before has begun by then, and its lease ends a lease later.
  made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((owner IS NULL) <> (notice_id IS NULL))
);

-- Where there are very many, they and the indexes of V65 and V66 were made before this version came (docs/runbook.md).
ALTER TABLE delivery
  ADD COLUMN IF NOT EXISTS held_until     timestamptz, -- until when a provider may hold what was written
  ADD COLUMN IF NOT EXISTS recall         text,        -- null: nobody has called it back
  ADD COLUMN IF NOT EXISTS recall_because text,
  ADD COLUMN IF NOT EXISTS recall_answer  text,        -- of the provider: why it could not, or not yet
  ADD COLUMN IF NOT EXISTS recall_at      timestamptz; -- of one that waits: when it is tried; else when it came to its end
-- All are null, so nothing is looked through.
ALTER TABLE delivery ADD CONSTRAINT delivery_recall_check
  CHECK (recall IN ('WAITING', 'RECALLED', 'UNKNOWN', 'COULD_NOT')) NOT VALID;
