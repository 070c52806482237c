-- Challenges are few, and an identifier alone takes no address away (docs/adr/0009, docs/adr/0030).

-- Every challenge of the last hour, counted by device and by address. Without a foreign key: who removes a device begins no new hour.
CREATE TABLE challenge_sent (
  device_id     text        NOT NULL, -- for which it was pushed
  address_index bytea       NOT NULL, -- keyed hash of the push address that it went to
  at            timestamptz NOT NULL,
  asks          boolean     NOT NULL  -- whether it went to the address of an earlier registration
);
CREATE INDEX challenge_sent_device ON challenge_sent (device_id, at);
CREATE INDEX challenge_sent_address ON challenge_sent (address_index, at);
CREATE INDEX challenge_sent_at ON challenge_sent (at);

-- A challenge that was pushed to the address of an earlier registration: echoed with the secret of the later one, it shows that the
-- app there has registered anew.
CREATE TABLE push_question (
  id              text PRIMARY KEY,
  device_id       text        NOT NULL REFERENCES device (id) ON DELETE CASCADE, -- the later registration
  holder_id       text        NOT NULL REFERENCES device (id) ON DELETE CASCADE, -- the earlier one
  address_index   bytea       NOT NULL, -- keyed hash of the holder's push address then
  challenge_index bytea       NOT NULL, -- keyed hash of what was pushed
  expires_at      timestamptz NOT NULL,
  lease_until     timestamptz -- while it is being pushed: until when, at the latest
);
CREATE INDEX push_question_device ON push_question (device_id);
CREATE INDEX push_question_holder ON push_question (holder_id);
CREATE INDEX push_question_expiry ON push_question (expires_at);

-- Registrations of an hour, in parts: those who register at once do not wait for each other.
CREATE TABLE registration_count (
  hour  timestamptz NOT NULL,
  part  int         NOT NULL,
  count int         NOT NULL,
  PRIMARY KEY (hour, part)
);
