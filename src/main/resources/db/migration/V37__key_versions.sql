-- The keys that values are sealed and hashed with (docs/adr/0047): few, versioned, each wrapped by the master key or by KMS. The
-- release before knows neither table, and goes on with version 1 as long as that is the one that is written.
--
-- classification   class       purpose                                             retention                    readers
-- key_version.*    secret      to seal personal data and to find it again          until the version has ended  every process that seals
-- key_ring.*       public      to see that the versions have changed               one row, for ever            every process that seals
CREATE TABLE key_version (
  version    int PRIMARY KEY CHECK (version > 0), -- 1: derived from the master key, as before there were versions
  use        text  NOT NULL CHECK (use IN ('COMING', 'WRITTEN', 'FORMER')),
  wrapped    bytea NOT NULL, -- keysets, encrypted
  wrapped_by text  NOT NULL  -- by which key: its fingerprint, or the id of a key of KMS
);
CREATE UNIQUE INDEX key_version_written ON key_version (use) WHERE use = 'WRITTEN';

-- Grows with each change of the versions. Who moves a push address looks whether it is the one that it knows.
CREATE TABLE key_ring (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  revision  bigint  NOT NULL DEFAULT 0
);
INSERT INTO key_ring (singleton) VALUES (true);
