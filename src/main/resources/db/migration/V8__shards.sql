-- When a notice was last split into shards (docs/adr/0019). A table of its own: claims lock the row of push_content all the time.
CREATE TABLE shard_plan (
  notice_id  text PRIMARY KEY REFERENCES push_content (notice_id) ON DELETE CASCADE,
  planned_at timestamptz NOT NULL
);
