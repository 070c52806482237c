-- Devices are told of updates as rollouts bring them (docs/adr/0018).

-- What of a product was out when its devices were last told.
CREATE TABLE rollout_stage (
  product_id text PRIMARY KEY,
  stage      text        NOT NULL,
  since      timestamptz NOT NULL -- when the product was first seen
);

-- The notice that tells of a release.
CREATE TABLE rollout_notice (
  product_id text NOT NULL,
  version    text NOT NULL,
  notice_id  text NOT NULL UNIQUE REFERENCES notice (id),
  PRIMARY KEY (product_id, version)
);
