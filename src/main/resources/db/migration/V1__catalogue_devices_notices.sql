-- Forward-only. What a column means beyond its name stands beside it; the words are those of docs/glossary.md.

-- One row: its id changes with every change of the catalogue, and is locked by an import.
CREATE TABLE catalogue_revision (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  id        text        NOT NULL,
  since     timestamptz NOT NULL DEFAULT now()
);
INSERT INTO catalogue_revision (id) VALUES ('cat_initial');

CREATE TABLE channel (
  id   text PRIMARY KEY,
  rank int  NOT NULL -- the most careful channel has the lowest
);
INSERT INTO channel (id, rank) VALUES ('stable', 0), ('candidate', 1);

CREATE TABLE product (
  id               text PRIMARY KEY,
  name             text NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('FIRMWARE', 'APP')),
  default_language text NOT NULL,
  supported_until  date
);

CREATE TABLE release (
  product_id        text        NOT NULL REFERENCES product (id),
  version           text        NOT NULL,
  channel           text        NOT NULL REFERENCES channel (id),
  severity          text        NOT NULL,
  mandatory         boolean     NOT NULL,
  published_at      timestamptz NOT NULL,
  countries_allowed text[]      NOT NULL,
  countries_denied  text[]      NOT NULL,
  notes             jsonb       NOT NULL,
  artifacts         jsonb       NOT NULL,
  PRIMARY KEY (product_id, version)
);

CREATE TABLE account (
  id             text PRIMARY KEY,
  subject_index  bytea       NOT NULL UNIQUE, -- keyed hash of the OIDC subject
  subject_sealed bytea       NOT NULL,
  created_at     timestamptz NOT NULL
);

CREATE TABLE device (
  id               text PRIMARY KEY,
  kind             text        NOT NULL CHECK (kind IN ('PHONE', 'ROUTER')),
  product_id       text        NOT NULL,
  version          text        NOT NULL,
  country          text        NOT NULL,
  time_zone        text        NOT NULL,
  language         text        NOT NULL,
  channel          text        NOT NULL,
  cohort           text,
  identifier_index bytea, -- keyed hash of the device's own identifier
  ecv_index        bytea, -- keyed hash of the environmental characteristic value
  secret_index     bytea       NOT NULL, -- keyed hash of the credential
  account_id       text REFERENCES account (id),
  push_provider    text,
  push_kind        text CHECK (push_kind IN ('TOKEN', 'FID')),
  push_sealed      bytea,
  push_index       bytea, -- keyed hash of the push address
  registered_at    timestamptz NOT NULL,
  last_seen_on     date        NOT NULL, -- kept to the day
  revision         int         NOT NULL,
  CHECK ((push_provider IS NULL) = (push_sealed IS NULL)
     AND (push_kind IS NULL) = (push_sealed IS NULL)
     AND (push_index IS NULL) = (push_sealed IS NULL))
);
-- An address belongs to one device at a time. Partial: a full unique index would make the column a key, and its change
-- would then wait for every plan whose foreign keys point at the device.
CREATE UNIQUE INDEX device_push_address ON device (push_index) WHERE push_index IS NOT NULL;
CREATE INDEX device_account ON device (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX device_product ON device (product_id);

-- Of a device or of an account; both must allow a push. The row that the fence locks.
CREATE TABLE notification_alerts (
  owner          text PRIMARY KEY, -- a device id or an account id
  push           boolean     NOT NULL DEFAULT true,
  categories_off text[]      NOT NULL DEFAULT '{}',
  quiet_from     time,
  quiet_to       time,
  version        int         NOT NULL DEFAULT 0,
  changed_at     timestamptz NOT NULL DEFAULT now(),
  CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
);

CREATE TABLE notice (
  id               text PRIMARY KEY,
  kind             text        NOT NULL,
  default_language text        NOT NULL,
  texts            text        NOT NULL, -- JSON that is only read as a whole
  audience         text        NOT NULL, -- likewise
  ttl_seconds      bigint      NOT NULL,
  state            text        NOT NULL CHECK (state IN ('DRAFT', 'STARTED', 'CANCELLED')),
  author           text        NOT NULL,
  created_at       timestamptz NOT NULL,
  started_at       timestamptz,
  revision         int         NOT NULL
);

-- What the sender needs of a notice, fixed when it starts.
CREATE TABLE push_content (
  notice_id        text PRIMARY KEY REFERENCES notice (id),
  category         text        NOT NULL,
  default_language text        NOT NULL,
  texts            jsonb       NOT NULL,
  expires_at       timestamptz NOT NULL,
  halted_because   text
);

-- The outbox: one row per notice and addressed device, whatever becomes of its push.
CREATE TABLE delivery (
  notice_id   text        NOT NULL REFERENCES push_content (notice_id),
  device_id   text        NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  state       text        NOT NULL DEFAULT 'PENDING'
              CHECK (state IN ('PENDING', 'SENDING', 'ACCEPTED', 'SUPPRESSED', 'DEAD')),
  reason      text, -- why it is suppressed or dead, or was last put back
  attempts    int         NOT NULL DEFAULT 0,
  due_at      timestamptz NOT NULL, -- when it may be claimed; while it is being sent, the end of the lease
  account_id  text, -- of the device when it was claimed: whose opt-out waits for it
  claim_id    text, -- who sends it now
  lease_until timestamptz, -- until when, at the latest
  accepted_as text, -- the provider's name for the message
  finished_at timestamptz,
  read_at     timestamptz, -- when the in-app notice was read
  PRIMARY KEY (notice_id, device_id),
  CHECK ((state = 'SENDING') = (lease_until IS NOT NULL))
);
CREATE INDEX delivery_due ON delivery (due_at) WHERE state IN ('PENDING', 'SENDING');
CREATE INDEX delivery_inbox ON delivery (device_id);
CREATE INDEX delivery_sending_account ON delivery (account_id) WHERE state = 'SENDING';
