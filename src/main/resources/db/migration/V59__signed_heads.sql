-- Where the chain of audited reads begins, once entries past their time were removed (docs/adr/0046). The chain of
-- changes has audit_start since V31.
--
-- contract: nothing is taken away but a right: the version before may remove no old entries beside this one, for minutes.
-- What is refused on TRUNCATE was refused before.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
CREATE TABLE read_start (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  number    bigint NOT NULL, -- of the last entry that was removed; 0: none was
  hash      text   NOT NULL  -- of that entry: a head that was signed off outside of the database
);
INSERT INTO read_start (number, hash) VALUES (0, repeat('0', 64));

-- As before V31: no setting of a session lets an entry be changed.
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are not changed';
END $$;

-- Only what stands before the start of its chain is removed. TG_ARGV[0] is the table of the start.
CREATE FUNCTION refuse_audit_removal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  start bigint;
BEGIN
  EXECUTE format('SELECT number FROM %I', TG_ARGV[0]) INTO start;
  IF OLD.number > start THEN
    RAISE EXCEPTION 'audit entries are not removed before their time';
  END IF;
  RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER refuse_audit_change BEFORE UPDATE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER refuse_audit_removal BEFORE DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_removal('audit_start');
CREATE OR REPLACE TRIGGER refuse_read_change BEFORE UPDATE OR TRUNCATE ON read_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER refuse_read_removal BEFORE DELETE ON read_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_removal('read_start');
