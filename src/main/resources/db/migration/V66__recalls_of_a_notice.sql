-- How many pushes of a notice were called back (docs/adr/0070). By itself, as V65. Its condition is written so that no other statement
-- implies it: who looks for recalls that wait must not go through all that are done.
CREATE INDEX IF NOT EXISTS delivery_recalled ON delivery (notice_id, recall) WHERE recall || '' <> '';
