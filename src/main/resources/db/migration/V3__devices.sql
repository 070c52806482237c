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

-- Several accounts may share a device. The columns of the single account stay until no instance of the version before is left;
-- until then a trigger carries over what such an instance writes.
ALTER INDEX device_account RENAME TO device_single_account;
CREATE TABLE device_account (
  device_id  text NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  account_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  linked_on  date, -- null: from before it was kept
  PRIMARY KEY (device_id, account_id)
);
CREATE INDEX device_account_account ON device_account (account_id);

CREATE FUNCTION carry_device_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.account_id IS DISTINCT FROM NEW.account_id THEN
    DELETE FROM device_account
    WHERE device_account.device_id = OLD.id AND device_account.account_id = OLD.account_id;
  END IF;
  IF NEW.account_id IS NOT NULL THEN
    INSERT INTO device_account (device_id, account_id, linked_on)
    VALUES (NEW.id, NEW.account_id, current_date)
    ON CONFLICT (device_id, account_id) DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER carry_device_account AFTER INSERT OR UPDATE OF account_id ON device
  FOR EACH ROW EXECUTE FUNCTION carry_device_account();

INSERT INTO device_account (device_id, account_id)
SELECT device.id, device.account_id FROM device WHERE device.account_id IS NOT NULL;

ALTER TABLE delivery
  ADD COLUMN account_ids text[]; -- of the device when it was claimed: whose opt-outs wait for it
-- Few rows are being sent at any moment: whoever looks for an account among them reads them all.
CREATE INDEX delivery_sending ON delivery (device_id) WHERE state = 'SENDING';

-- Addresses of devices that were not seen for very long are pruned.
CREATE INDEX device_address_unseen ON device (last_seen_on) WHERE push_sealed IS NOT NULL;
