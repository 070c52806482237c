-- What the daily look at each audit chain has found (docs/adr/0046): the last time that all was as it was written, and
-- the last time that something was not. A row each, written over.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
CREATE TABLE audit_verification (
  chain           text        NOT NULL CHECK (chain IN ('changes', 'reads')),
  intact          boolean     NOT NULL,
  at              timestamptz NOT NULL,
  behind          bigint      NOT NULL, -- the entry behind which the look began; 0: at the first that is kept
  entries         bigint,               -- of an intact one: the last entry that was looked at
  head            text,                 -- its hash
  signed          bigint,               -- the last signed head that it passed
  broken_at       bigint,               -- the first entry that is not as it was written
  made_anew_until bigint,               -- the entry of the signed head that does not fit
  foreign_head    int,                  -- the line that no key of ours has signed
  PRIMARY KEY (chain, intact),
  CHECK (intact = (entries IS NOT NULL AND head IS NOT NULL AND signed IS NOT NULL)),
  CHECK (intact OR broken_at IS NOT NULL OR foreign_head IS NOT NULL)
);
