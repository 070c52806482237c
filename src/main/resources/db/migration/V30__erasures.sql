-- Accounts that were cancelled: restricted at once, and erased when it is time (docs/adr/0043). The account's own row goes with the
-- cancellation, so that nothing links, signs in or counts it any more; a later sign-in of the same person makes a new account.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
CREATE TABLE erasure (
  id             text PRIMARY KEY,
  account_id     text,                 -- null once it is erased
  subject_index  bytea,                -- moved here from the account; null once it is erased
  subject_sealed bytea,                -- likewise; sealed for account.subject_sealed
  account_since  timestamptz,          -- when the account was made; null once it is erased
  receipt_hash   bytea       NOT NULL UNIQUE, -- SHA-256 of the receipt's secret, which has 128 bits
  receipt_sealed bytea,                -- the secret, for the person who cancels again; null once it is erased
  ground         text        NOT NULL,
  requested_at   timestamptz NOT NULL,
  due_at         timestamptz NOT NULL, -- when the job erases it
  erase_by       timestamptz NOT NULL, -- when it must be erased
  erased_at      timestamptz,
  waits_for      text[]      NOT NULL  -- devices whose pushes may still be in flight; none once it was acknowledged
);
CREATE UNIQUE INDEX erasure_account ON erasure (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX erasure_subject ON erasure (subject_index) WHERE subject_index IS NOT NULL;
CREATE INDEX erasure_due ON erasure (due_at) WHERE erased_at IS NULL;
CREATE INDEX erasure_erased ON erasure (erased_at) WHERE erased_at IS NOT NULL;
