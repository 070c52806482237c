-- Answers to requests that a client may send again, and series for pictures (docs/adr/0058, 0059).

-- Classification: repeated_request.operator personal (subject of an operator), key and operation public, body_hash and answer
-- pseudonymous (an answer names its author); purpose: one draft for a request that is sent twice; retention: 24 hours; readers: the
-- operator who sent it.
CREATE TABLE repeated_request (
  operator  text        NOT NULL,
  key       text        NOT NULL,
  operation text        NOT NULL,
  body_hash text        NOT NULL,
  answer    text, -- JSON; null only within the transaction that makes it
  at        timestamptz NOT NULL,
  PRIMARY KEY (operator, key)
);
CREATE INDEX repeated_request_old ON repeated_request (at);

-- What was not pushed, by why, a page at a time: neither a claim nor an accepted push touches it.
CREATE INDEX delivery_ended ON delivery (notice_id, state, reason, device_id) WHERE state IN ('SUPPRESSED', 'DEAD');

-- Classification: adoption and adoption_taken are public (counts, no device, no person); purpose: pictures of adoption; retention:
-- hours 30 days, days 1,100 days; readers: operators.
CREATE TABLE adoption (
  product_id text        NOT NULL,
  axis       text        NOT NULL CHECK (axis IN ('version', 'country')),
  at         timestamptz NOT NULL, -- the begin of the hour or day in which it was counted
  value      text        NOT NULL, -- empty: not known
  devices    bigint      NOT NULL,
  PRIMARY KEY (product_id, axis, at, value)
);
CREATE INDEX adoption_old ON adoption (at);

-- Hours and days that were counted: each is counted once, by the process that comes first.
CREATE TABLE adoption_taken (
  grain text        NOT NULL CHECK (grain IN ('hour', 'day')),
  at    timestamptz NOT NULL,
  PRIMARY KEY (grain, at)
);
