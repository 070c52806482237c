-- How many pushes of a notice the provider has accepted, at least; written with the account that pushed them. What a witness
-- keeps of it tells what was sent since a backup (docs/adr/0026).
CREATE TABLE notice_sent (
  notice_id text PRIMARY KEY REFERENCES push_content (notice_id) ON DELETE CASCADE,
  accepted  bigint NOT NULL
);
