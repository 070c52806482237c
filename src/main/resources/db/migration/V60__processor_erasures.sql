-- What processors are still to delete of people who have gone (docs/adr/0064). A row goes when the processor has confirmed.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
CREATE TABLE processor_erasure (
  id          text PRIMARY KEY DEFAULT 'per_' || replace(gen_random_uuid()::text, '-', ''),
  processor   text        NOT NULL, -- as src/main/resources/privacy/processors.csv names it
  kind        text        NOT NULL, -- of the push address: TOKEN, FID or CID
  device_id   text        NOT NULL, -- for which the address is sealed; the device itself is gone, or is nobody's
  push_sealed bytea       NOT NULL,
  asked_at    timestamptz NOT NULL DEFAULT now(),
  next_try_at timestamptz NOT NULL DEFAULT now(),
  tries       int         NOT NULL DEFAULT 0
);
CREATE INDEX processor_erasure_due ON processor_erasure (next_try_at);
CREATE INDEX processor_erasure_asked ON processor_erasure (asked_at);

-- A rotation of the keys walks these, too.
ALTER TABLE key_rotation
  DROP CONSTRAINT key_rotation_walked_check,
  ADD CONSTRAINT key_rotation_walked_check
    CHECK (walked IN ('ACCOUNT', 'CANCELLED', 'RECEIPT', 'AT_PROCESSOR', 'DEVICE'));
