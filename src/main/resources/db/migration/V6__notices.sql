-- Notices that reach people: their life, schedule and audit. STARTED is the state that answers call running.

ALTER TABLE notice DROP CONSTRAINT notice_state_check;
ALTER TABLE notice ADD CONSTRAINT notice_state_check
  CHECK (state IN ('DRAFT', 'APPROVED', 'SCHEDULED', 'STARTED', 'PAUSED', 'DONE', 'CANCELLED'));
ALTER TABLE notice
  ADD COLUMN details        text, -- JSON that is only read as a whole: what the kind needs beside its texts
  ADD COLUMN schedule       text, -- likewise; null: at once
  ADD COLUMN writers        text, -- likewise: subjects of all who wrote at it; null: the author alone
  ADD COLUMN approved_by    text,
  ADD COLUMN approved_at    timestamptz,
  ADD COLUMN starts_at      timestamptz, -- while it is scheduled
  ADD COLUMN expires_at     timestamptz, -- when the last of it is pushed; null: ttl_seconds after started_at
  ADD COLUMN finished_at    timestamptz,
  ADD COLUMN shown_when_due boolean NOT NULL DEFAULT false; -- in an inbox not before the device's own hour
CREATE INDEX notice_to_look_at ON notice (state) WHERE state IN ('SCHEDULED', 'STARTED');
CREATE INDEX notice_newest ON notice (created_at, id);

-- Who changed what. Each hash covers the one before it (audit.AuditChain).
CREATE TABLE audit_entry (
  number  bigint PRIMARY KEY,
  at      timestamptz NOT NULL, -- to the millisecond
  actor   text        NOT NULL, -- subject of the operator, or system
  action  text        NOT NULL,
  subject text        NOT NULL, -- id of what was changed
  detail  text        NOT NULL,
  hash    text        NOT NULL
);
CREATE INDEX audit_entry_subject ON audit_entry (subject, number);

-- One row: the end of the chain. Whoever appends holds it until the commit.
CREATE TABLE audit_head (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  number    bigint NOT NULL,
  hash      text   NOT NULL
);
INSERT INTO audit_head (number, hash) VALUES (0, repeat('0', 64));

-- A mistake is stopped here; who means it is found by the chain.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are not changed';
END $$;
CREATE TRIGGER refuse_audit_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
