-- After a restore to a moment in the past, from the database that was in use until then: who had switched what off, and which
-- addresses, links and devices there still were. The two files are personal data: delete them when replay.sql is through.
\copy (SELECT owner, push, categories_off, quiet_from, quiet_to, version, changed_at, in_app_off, default_off, default_in_app_off, first_used_at, delivery_receipts FROM notification_alerts) TO 'alerts.csv' CSV
\copy (SELECT device.id, encode(device.push_index, 'hex'), device.revoked_at, device.removed_at, (SELECT string_agg(link.account_id, ',' ORDER BY link.account_id) FROM device_account link WHERE link.device_id = device.id) FROM device) TO 'devices.csv' CSV
