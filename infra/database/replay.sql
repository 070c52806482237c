-- Into the restored database, before anything may be sent from it (docs/runbook.md, Restore): what forbidden.sql wrote down.
\set ON_ERROR_STOP on
BEGIN;
CREATE TEMPORARY TABLE was_alerts ON COMMIT DROP AS
  SELECT owner, push, categories_off, quiet_from, quiet_to, version, changed_at, in_app_off, default_off, default_in_app_off, first_used_at
  FROM notification_alerts WITH NO DATA;
-- A moment from before there was this switch has no such column to copy.
ALTER TABLE was_alerts ADD COLUMN delivery_receipts boolean;
CREATE TEMPORARY TABLE was_device (id text, push_index text, revoked_at timestamptz, removed_at timestamptz, accounts text) ON COMMIT DROP;
\copy was_alerts FROM 'alerts.csv' CSV
\copy was_device FROM 'devices.csv' CSV

-- The later version of an owner's alerts is what the owner said last. (Their history between the two moments is lost.)
INSERT INTO notification_alerts AS now
  (owner, push, categories_off, quiet_from, quiet_to, version, changed_at, in_app_off, default_off, default_in_app_off, first_used_at)
SELECT owner, push, categories_off, quiet_from, quiet_to, version, changed_at, in_app_off, default_off, default_in_app_off, first_used_at
FROM was_alerts
ON CONFLICT (owner) DO UPDATE SET
  push = excluded.push, categories_off = excluded.categories_off, in_app_off = excluded.in_app_off,
  quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, version = excluded.version, changed_at = excluded.changed_at
WHERE excluded.version > now.version;

-- Whether it is recorded what becomes of pushes is part of the same version.
DO $$ BEGIN
  IF EXISTS (SELECT FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name = 'notification_alerts' AND column_name = 'delivery_receipts') THEN
    UPDATE notification_alerts AS now SET delivery_receipts = was.delivery_receipts
    FROM was_alerts was
    WHERE was.owner = now.owner AND was.version = now.version AND was.delivery_receipts IS DISTINCT FROM now.delivery_receipts;
  END IF;
END $$;

-- Who was deleted since stays deleted; who was revoked or removed stays so.
DELETE FROM device WHERE NOT EXISTS (SELECT FROM was_device was WHERE was.id = device.id);
UPDATE device SET revoked_at = was.revoked_at, removed_at = was.removed_at
FROM was_device was
WHERE was.id = device.id AND (device.revoked_at, device.removed_at) IS DISTINCT FROM (was.revoked_at, was.removed_at);

-- Addresses behind the first of a device are brought again by its app: which of them were removed since was not written down.
DO $$ BEGIN
  IF to_regclass('push_address') IS NOT NULL THEN
    DELETE FROM push_address;
  END IF;
END $$;

-- An address that was removed or changed since, or whose device has other accounts now, is not pushed to until its app brings it again.
UPDATE device SET push_provider = NULL, push_kind = NULL, push_sealed = NULL, push_index = NULL, push_confirmed_on = NULL, revision = device.revision + 1
FROM was_device was
WHERE was.id = device.id AND device.push_sealed IS NOT NULL
  AND (encode(device.push_index, 'hex') IS DISTINCT FROM was.push_index
    OR was.accounts IS DISTINCT FROM
      (SELECT string_agg(link.account_id, ',' ORDER BY link.account_id) FROM device_account link WHERE link.device_id = device.id));
COMMIT;
