-- Only the version of a device is always known: what it did not say, or what could not be read of it, is null (docs/adr/0022).
ALTER TABLE device
  ALTER COLUMN country DROP NOT NULL,
  ALTER COLUMN time_zone DROP NOT NULL,
  ALTER COLUMN language DROP NOT NULL;

ALTER TABLE device
  ADD COLUMN counter_unreadable boolean NOT NULL DEFAULT false; -- whether a counter was reported, since release_counter, that could not be read
