-- The history of alerts is kept for a time (docs/adr/0010).
CREATE INDEX notification_alerts_history_age ON notification_alerts_history (changed_at);
