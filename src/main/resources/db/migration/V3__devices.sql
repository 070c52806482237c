-- Devices that can be shut out and removed.

ALTER TABLE device
  ADD COLUMN revoked_at timestamptz, -- since when no secret is the device's
  ADD COLUMN removed_at timestamptz; -- since when it is to be deleted; the row goes once nothing is being sent to it
CREATE INDEX device_removed ON device (removed_at) WHERE removed_at IS NOT NULL;

-- A push address counts once the device has echoed a challenge that was pushed to it (docs/adr/0009). Those from before stay as
-- they are: they have no day.
ALTER TABLE device
  ADD COLUMN push_confirmed_on date; -- when the device last proved or brought its push address; kept to the day
CREATE INDEX device_identifier ON device (identifier_index) WHERE identifier_index IS NOT NULL;

-- At most one of a device that is not void, tries_left = 0.
CREATE TABLE push_proof (
  id              text PRIMARY KEY,
  device_id       text        NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  provider        text        NOT NULL,
  kind            text        NOT NULL CHECK (kind IN ('TOKEN', 'FID')),
  sealed          bytea       NOT NULL, -- sealed for device.push_sealed, where it goes once it is proved
  address_index   bytea       NOT NULL, -- keyed hash of the push address
  challenge_index bytea       NOT NULL, -- keyed hash of what was pushed
  expires_at      timestamptz NOT NULL,
  tries_left      int         NOT NULL CHECK (tries_left >= 0),
  lease_until     timestamptz -- while the challenge is being pushed: until when, at the latest
);
CREATE INDEX push_proof_device ON push_proof (device_id);
CREATE INDEX push_proof_expiry ON push_proof (expires_at);
