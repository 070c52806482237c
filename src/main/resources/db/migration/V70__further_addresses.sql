-- Push addresses of a device behind its first (docs/adr/0069). The first stays in the columns of device, so that the version before
-- goes on as it did. A row here is changed only by who has locked the device's row, which claims lock FOR SHARE.
--
-- contract: what is deleted here is deleted by the triggers when they run, and not by this migration.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
CREATE TABLE push_address (
  device_id     text        NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  provider      text        NOT NULL,
  preference    int         NOT NULL CHECK (preference > 1), -- the place in the order; the first is the device's own
  kind          text        NOT NULL CHECK (kind IN ('TOKEN', 'FID', 'CID')),
  sealed        bytea       NOT NULL, -- sealed for device.push_sealed, so that it can become the first
  address_index bytea       NOT NULL UNIQUE, -- keyed hash of the push address
  confirmed_on  date,
  placed_at     timestamptz NOT NULL DEFAULT now(), -- when it got here: a rotation of the keys may have passed by then
  gone          boolean     NOT NULL DEFAULT false, -- set by who may not delete; a trigger deletes the row
  PRIMARY KEY (device_id, provider)
);
-- A rotation of the keys walks them in this order.
CREATE UNIQUE INDEX push_address_walk ON push_address ((device_id || '/' || provider));

-- A device without its first address has none, no matter who takes it away: what the version before knows of an opt-out, a removal or a
-- revocation covers all. And it has one of a provider. An address that the version before proves for it is no other device's any more:
-- that version does not see the ones behind a first. With the rights of the owner of the tables, as the function that sends may take an
-- address away and may delete nothing.
CREATE FUNCTION drop_further_addresses() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM push_address
  WHERE (push_address.device_id = NEW.id
      AND (NEW.push_sealed IS NULL OR push_address.provider = NEW.push_provider))
    OR push_address.address_index = NEW.push_index;
  RETURN NULL;
END $$;
CREATE TRIGGER drop_further_addresses AFTER UPDATE OF push_sealed ON device
  FOR EACH ROW WHEN (OLD.push_sealed IS DISTINCT FROM NEW.push_sealed) EXECUTE FUNCTION drop_further_addresses();

CREATE FUNCTION drop_gone_address() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM push_address
  WHERE push_address.device_id = NEW.device_id AND push_address.provider = NEW.provider;
  RETURN NULL;
END $$;
CREATE TRIGGER drop_gone_address AFTER UPDATE OF gone ON push_address
  FOR EACH ROW WHEN (NEW.gone) EXECUTE FUNCTION drop_gone_address();

-- Which place an address wants that waits for its proof; null: that of the first, as the version before means it.
ALTER TABLE push_proof ADD COLUMN preference int CHECK (preference > 0);

-- Providers that have refused a delivery, or did not answer for it, since its round began. When these are all, a new round begins; until
-- it goes on they stay named, as each of them may hold the push.
ALTER TABLE delivery ADD COLUMN passed text[] NOT NULL DEFAULT '{}';

-- A rotation of the keys walks these, too.
ALTER TABLE key_rotation
  DROP CONSTRAINT key_rotation_walked_check,
  ADD CONSTRAINT key_rotation_walked_check
    CHECK (walked IN ('ACCOUNT', 'CANCELLED', 'RECEIPT', 'AT_PROCESSOR', 'PUSH_ADDRESS', 'DEVICE'));
