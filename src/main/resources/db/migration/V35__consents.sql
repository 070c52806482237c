-- What people have agreed to, and what they withdrew (docs/adr/0045). Acts are only added.
--
-- Every column: class, purpose, retention, readers.
--   consent_act.owner: pseudonymous; whose consent it is; as long as the device or the account, then it goes with it; operators, owner
--   consent_act.kind, withdrawn, text_version, language, data, recipient, at, id: personal; to show what was agreed to; likewise; owner
CREATE TABLE consent_act (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- of one owner, in the order of the acts
  owner        text        NOT NULL, -- id of a device or of an account
  kind         text        NOT NULL CHECK (kind IN ('PUSH', 'CROSS_BORDER')),
  withdrawn    boolean     NOT NULL,
  text_version text,                 -- of the text that was shown; null for a withdrawal that names none
  language     text,                 -- of that text
  data         text,                 -- what crosses the border
  recipient    text,                 -- who gets it
  at           timestamptz NOT NULL, -- to the millisecond
  CHECK (withdrawn OR (text_version IS NOT NULL AND language IS NOT NULL)),
  CHECK (withdrawn OR (kind = 'CROSS_BORDER') = (data IS NOT NULL AND recipient IS NOT NULL))
);
CREATE INDEX consent_act_owner ON consent_act (owner, kind, id DESC);
