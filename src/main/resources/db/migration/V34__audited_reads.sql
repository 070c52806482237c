-- Who looked at one person's data (docs/adr/0044). A chain of its own: no change waits for a read.
--
-- Every column: class, purpose, retention, readers.
--   read_waiting.*, read_entry.*: as those of audit_entry. actor: personal (of an operator); subject: pseudonymous; detail: the
--     operator's reason, pseudonymous; at, action, number, id, hash: public; to show who looked at whom; three years; operators
--   read_head.*: public; the end of the chain; for good; operators
CREATE TABLE read_waiting (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL, -- to the millisecond
  actor   text        NOT NULL, -- subject of the operator
  action  text        NOT NULL,
  subject text        NOT NULL, -- id of what was looked at, never a value that names somebody
  detail  text        NOT NULL  -- why, and who has allowed to open a value
);

CREATE TABLE read_entry (
  number  bigint PRIMARY KEY,
  at      timestamptz NOT NULL,
  actor   text        NOT NULL,
  action  text        NOT NULL,
  subject text        NOT NULL,
  detail  text        NOT NULL,
  hash    text        NOT NULL
);
CREATE INDEX read_entry_subject ON read_entry (subject, number);

-- One row: the end of the chain. The job that chains holds it until its commit, and nobody else does.
CREATE TABLE read_head (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  number    bigint NOT NULL,
  hash      text   NOT NULL
);
INSERT INTO read_head (number, hash) VALUES (0, repeat('0', 64));

CREATE TRIGGER refuse_read_change BEFORE UPDATE OR DELETE ON read_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
