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
-- A user sees those of the own account.
CREATE INDEX ecv_mismatch_account ON ecv_mismatch (account_id);

-- What a revision of the policy asks for (docs/adr/0045): JSON that is only read as a whole. The version before shows such a notice
-- without its question, so the former rule goes on holding.
ALTER TABLE notice ADD COLUMN asks text;

-- The answer to that, by device: what an account answers is answered for each of its devices that has the notice. That somebody has
-- agreed stands in consent_act as well.
CREATE TABLE consent_answer (
  device_id    text        NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  notice_id    text        NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
  owner        text        NOT NULL, -- who answered: the device or an account
  kind         text        NOT NULL CHECK (kind IN ('PUSH', 'CROSS_BORDER')),
  given        boolean     NOT NULL, -- false: declined
  text_version text        NOT NULL, -- of the text that was shown
  language     text        NOT NULL, -- of that text
  at           timestamptz NOT NULL, -- to the millisecond
  PRIMARY KEY (device_id, notice_id)
);
CREATE INDEX consent_answer_notice ON consent_answer (notice_id);
CREATE INDEX consent_answer_owner ON consent_answer (owner);

-- Answers are counted as they happen, with what notice_count has of a notice. Those of a device that is deleted stay counted, as the
-- number of planned deliveries by country does, which they are part of.
ALTER TABLE notice_count DROP CONSTRAINT notice_count_axis_check;
ALTER TABLE notice_count ADD CONSTRAINT notice_count_axis_check
  CHECK (axis IN ('reason', 'country', 'language', 'step', 'within', 'dropped', 'consent')) NOT VALID;

CREATE FUNCTION count_consent_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.given = NEW.given THEN
      RETURN NULL;
    END IF;
    INSERT INTO notice_change (notice_id, axis, value, state, devices, tried, pruned, seen)
    VALUES (OLD.notice_id, 'consent', CASE WHEN OLD.given THEN 'given' ELSE 'declined' END, 'ANSWERED', -1, 0, 0, 0);
  END IF;
  INSERT INTO notice_change (notice_id, axis, value, state, devices, tried, pruned, seen)
  VALUES (NEW.notice_id, 'consent', CASE WHEN NEW.given THEN 'given' ELSE 'declined' END, 'ANSWERED', 1, 0, 0, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER count_consent_answer AFTER INSERT OR UPDATE ON consent_answer
  FOR EACH ROW EXECUTE FUNCTION count_consent_answer();
