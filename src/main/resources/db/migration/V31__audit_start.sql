-- Audit entries at the front of the chain go when their period is over: the chain then begins behind the last that went
-- (docs/adr/0042).
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
CREATE TABLE audit_start (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  number    bigint NOT NULL, -- of the last entry that was removed
  hash      text   NOT NULL  -- its hash, from which the first that is left follows
);
INSERT INTO audit_start (number, hash) VALUES (0, repeat('0', 64));

-- A mistake is stopped here as before. Only what keeps the period removes, and says so in its transaction.
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('towncrier.audit_retention', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'audit entries are not changed';
END $$;
