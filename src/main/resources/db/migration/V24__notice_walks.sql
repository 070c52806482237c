-- The audience of a notice is planned a page at a time, behind its start (docs/adr/0035).

-- How far the fleet was gone through for a notice. One without a row was planned as a whole by the version before.
CREATE TABLE notice_walk (
  notice_id  text PRIMARY KEY REFERENCES push_content (notice_id) ON DELETE CASCADE,
  urgent     boolean     NOT NULL, -- before everything that is not
  after      text        NOT NULL, -- the last device that was looked at
  planned    bigint      NOT NULL, -- deliveries
  walked_at  timestamptz NOT NULL, -- when the last page was planned: notices take turns
  through_at timestamptz           -- when the last device was looked at; null: there are more
);
CREATE INDEX notice_walk_open ON notice_walk (urgent, walked_at) WHERE through_at IS NULL;

-- A product's devices in the order in which they are gone through.
CREATE INDEX device_of_product ON device (product_id, id);
DROP INDEX device_product;
