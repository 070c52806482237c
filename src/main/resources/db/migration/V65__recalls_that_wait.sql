-- Which recalls are due (docs/adr/0070). A migration of its own: it reads the whole table, and meanwhile nobody writes a delivery; the
-- next one lets those who waited go first. Empty, since nothing is called back yet.
CREATE INDEX IF NOT EXISTS delivery_recall_due ON delivery (recall_at) WHERE recall = 'WAITING';
