-- Devices that can be shut out and removed.

ALTER TABLE device
  ADD COLUMN revoked_at timestamptz, -- since when no secret is the device's
  ADD COLUMN removed_at timestamptz; -- since when it is to be deleted; the row goes once nothing is being sent to it
CREATE INDEX device_removed ON device (removed_at) WHERE removed_at IS NOT NULL;
