-- Delivery at the quota's speed (docs/adr/0017).

ALTER TABLE push_content
  ADD COLUMN urgent  boolean NOT NULL DEFAULT false, -- claimed before everything that is not
  ADD COLUMN settled boolean NOT NULL DEFAULT false; -- nothing of it waits or is being sent

-- A notice about a release is pushed to those alone to whom it is still offered. A phone can be told of a router.
ALTER TABLE push_content
  ADD COLUMN about_product text,
  ADD COLUMN about_version text;
ALTER TABLE delivery
  ADD COLUMN about_device_id text; -- null: of the device itself
CREATE INDEX delivery_about ON delivery (about_device_id) WHERE about_device_id IS NOT NULL;

-- Claims go from notice to notice: what waits for one that is halted costs the others nothing.
CREATE INDEX push_content_open ON push_content (urgent, notice_id) WHERE NOT settled;
CREATE INDEX delivery_waiting ON delivery (notice_id, due_at) WHERE state IN ('PENDING', 'SENDING');
DROP INDEX delivery_due;

-- What all who push with one credential know together: the quota's bucket, the fuse of the pruning.
CREATE TABLE push_account (
  id            text PRIMARY KEY,
  ordinary      double precision NOT NULL, -- pushes that may be sent
  reserved      double precision NOT NULL, -- more of them, for what is urgent
  as_of         timestamptz      NOT NULL, -- when the bucket was last filled
  ramp_from     timestamptz      NOT NULL,
  pace          double precision NOT NULL,
  slowed_at     timestamptz      NOT NULL,
  slowed_until  timestamptz      NOT NULL,
  fuse_from     timestamptz      NOT NULL,
  fuse_pushes   int              NOT NULL,
  fuse_gone     int              NOT NULL,
  fuse_until    timestamptz      NOT NULL -- until when nothing is pruned
);

-- The circuit breakers of an account: for all of its pushes, and for the devices of a product.
CREATE TABLE push_breaker (
  account_id  text        NOT NULL REFERENCES push_account (id) ON DELETE CASCADE,
  product_id  text        NOT NULL, -- empty: for all
  failures    int         NOT NULL,
  open_until  timestamptz NOT NULL,
  probed      boolean     NOT NULL, -- whether one push is under way to see if it can close
  because     text,
  window_from timestamptz NOT NULL,
  answered    int         NOT NULL,
  unanswered  int         NOT NULL,
  PRIMARY KEY (account_id, product_id)
);

CREATE INDEX delivery_dead ON delivery (notice_id, device_id) WHERE state = 'DEAD';
