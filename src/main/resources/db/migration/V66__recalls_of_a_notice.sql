-- How many pushes of a notice were called back (docs/adr/0070). By itself, as V65.
CREATE INDEX IF NOT EXISTS delivery_recalled ON delivery (notice_id, recall) WHERE recall IS NOT NULL;
