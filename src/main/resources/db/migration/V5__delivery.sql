-- Delivery at the quota's speed.

ALTER TABLE push_content
  ADD COLUMN urgent boolean NOT NULL DEFAULT false; -- claimed before everything that is not
