-- Requests by letter or e-mail (docs/adr/0044). Nothing in it names the person: the reference leads to the maker's own files.
--
-- Every column: class, purpose, retention, readers.
--   privacy_request.id, kind, state, answer, refusal, ground: pseudonymous; to show that a request was answered in time; three years
--     after it is closed; operators
--   privacy_request.reference: pseudonymous; leads to the letter in the maker's files; likewise; operators
--   privacy_request.verified_at, due_at, opened_at, closed_at: pseudonymous; the deadline; likewise; operators
--   privacy_request.opened_by, closed_by, decided_by: personal (of an operator); who answers for it; likewise; operators
CREATE TABLE privacy_request (
  id          text PRIMARY KEY,
  kind        text        NOT NULL CHECK (kind IN ('ACCESS', 'CORRECTION', 'DELETION', 'CANCELLATION', 'WITHDRAWAL', 'OPT_OUT')),
  reference   text        NOT NULL, -- a ticket
  ground      text,                 -- of a deletion
  verified_at timestamptz NOT NULL, -- to the millisecond, as all times here
  due_at      timestamptz NOT NULL, -- 15 days later
  opened_at   timestamptz NOT NULL,
  opened_by   text        NOT NULL, -- subject of the operator
  state       text        NOT NULL CHECK (state IN ('OPEN', 'ANSWERED', 'REFUSED')),
  answer      text,
  refusal     text,
  decided_by  text,                 -- name of the person who answers for a refusal
  closed_at   timestamptz,
  closed_by   text,                 -- subject of the operator
  CHECK ((kind = 'DELETION') = (ground IS NOT NULL)),
  CHECK ((state = 'OPEN') = (closed_at IS NULL AND closed_by IS NULL)),
  CHECK ((state = 'ANSWERED') = (answer IS NOT NULL)),
  CHECK ((state = 'REFUSED') = (refusal IS NOT NULL AND decided_by IS NOT NULL)),
  CHECK (kind <> 'OPT_OUT' OR state <> 'REFUSED')
);
CREATE INDEX privacy_request_due ON privacy_request (due_at, id);
CREATE INDEX privacy_request_open ON privacy_request (due_at) WHERE state = 'OPEN';
