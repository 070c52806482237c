-- Canaries (docs/adr/0072): pushes to a few phones of the maker's own that must be shown in time. A canary is a notice for the sake of its
-- deliveries. It is marked, stands as cancelled, and so in no inbox; lists of notices leave it out. The last few are kept, all others go.
-- The version before sends none. It lists those that are there, at most a handful, among the cancelled notices.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
ALTER TABLE notice ADD COLUMN canary boolean NOT NULL DEFAULT false;
CREATE INDEX notice_canary ON notice (started_at) WHERE canary;

-- One instance sends a canary for all: the one that moves this row.
CREATE TABLE canary_turn (
  id       int PRIMARY KEY CHECK (id = 1),
  taken_at timestamptz NOT NULL
);
