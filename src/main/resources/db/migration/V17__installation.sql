-- What this database was when it was last known to be itself: a restored one is told by it (docs/adr/0026).
CREATE TABLE installation (
  singleton         boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  system_identifier text,                        -- of the PostgreSQL cluster; null: not looked at yet
  marker            text,                        -- of the data directory that the database is in; null: it is in none of ours
  mark              bigint NOT NULL DEFAULT 0,   -- grows while the service runs; witnesses outside keep it
  marked_at         timestamptz,
  held_because      text,                        -- why pushes wait until an operator says so
  held_at           timestamptz
);
INSERT INTO installation (singleton) VALUES (true);
