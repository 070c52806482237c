-- What devices of a region may begin to download (docs/adr/0066): one row a region, written by offers and by those who wait for one.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
CREATE TABLE download_bucket (
  region     text   PRIMARY KEY, -- ISO 3166-1 alpha-2 of the devices' country; ZZ where it is not known
  second     bigint NOT NULL,    -- up to which it is filled, since 1970
  room       bigint NOT NULL,    -- bytes that may be begun; below zero, what was begun ahead of the budget
  queue_ends bigint NOT NULL     -- when the last of those who wait was told to come, in milliseconds since 1970
) WITH (fillfactor = 50);        -- each second a new version of a row: they find room on its page
