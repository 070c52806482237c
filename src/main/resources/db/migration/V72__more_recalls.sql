-- More grounds for which pushes are called back, and the address that a push went to (docs/adr/0070).
--
-- Triggers, since instances of the version before write these rows too, and so that no feature has a statement more for it. That
-- version expands such an intent as an opt-out or as a cancelled notice, and may call back less.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.

ALTER TABLE recall_intent ADD COLUMN because text; -- null: an opt-out of the owner, or the cancelled notice

-- A push that may be held for an address which its device has not any more: the address was replaced, or taken away, or the device is
-- gone. It lives as long as the push may be held, a day at most.
CREATE TABLE held_push (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  notice_id   text        NOT NULL,
  device_id   text        NOT NULL, -- for which the address is sealed; the device itself may be gone
  provider    text        NOT NULL,
  kind        text        NOT NULL,
  sealed      bytea       NOT NULL,
  by_app      boolean     NOT NULL, -- whether the app has the kit, which obeys
  accepted_as text,                 -- of a device that is gone: the message at the provider
  held_until  timestamptz NOT NULL,
  recall_at   timestamptz           -- of a device that is gone: when the push is called back, or tried again
);
CREATE INDEX held_push_of ON held_push (device_id, notice_id);
CREATE INDEX held_push_due ON held_push (recall_at) WHERE recall_at IS NOT NULL;
CREATE INDEX held_push_over ON held_push (held_until);

-- With the rights of its owner: who sends takes away an address that is gone, and needs no right to this table.
CREATE FUNCTION keep_held_address() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO held_push (notice_id, device_id, provider, kind, sealed, by_app, held_until)
  SELECT held.notice_id, OLD.id, OLD.push_provider, OLD.push_kind, OLD.push_sealed, OLD.kit IS NOT NULL, held.until
  FROM (
    SELECT delivery.notice_id,
      -- One that is being sent may reach the provider until its lease is over; no provider holds a push longer than a day.
      CASE WHEN delivery.state = 'SENDING' THEN greatest(delivery.held_until, delivery.lease_until + interval '1 day')
        ELSE delivery.held_until END AS until
    FROM delivery
    -- Also of a provider that did not answer for it before it went to the next address.
    WHERE delivery.device_id = OLD.id
      AND (delivery.provider = OLD.push_provider OR OLD.push_provider = ANY (delivery.passed))) AS held
  WHERE held.until > now();
  RETURN NULL;
END $$;
-- A rotation of the keys seals the same address anew: it names two columns, and not the kind.
CREATE TRIGGER keep_held_address AFTER UPDATE OF push_kind ON device
  FOR EACH ROW
  WHEN (OLD.push_sealed IS NOT NULL AND OLD.push_index IS DISTINCT FROM NEW.push_index)
  EXECUTE FUNCTION keep_held_address();

-- The same of an address behind the first. It may only have changed its place: then it is sealed alike, and recalled once.
CREATE FUNCTION keep_held_further() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO held_push (notice_id, device_id, provider, kind, sealed, by_app, held_until)
  SELECT held.notice_id, OLD.device_id, OLD.provider, OLD.kind, OLD.sealed, held.by_app, held.until
  FROM (
    SELECT delivery.notice_id, device.kit IS NOT NULL AS by_app,
      CASE WHEN delivery.state = 'SENDING' THEN greatest(delivery.held_until, delivery.lease_until + interval '1 day')
        ELSE delivery.held_until END AS until
    FROM delivery
    JOIN device ON device.id = delivery.device_id
    WHERE delivery.device_id = OLD.device_id
      AND (delivery.provider = OLD.provider OR OLD.provider = ANY (delivery.passed))) AS held
  WHERE held.until > now() AND NOT EXISTS (
    SELECT FROM held_push AS kept
    WHERE kept.device_id = OLD.device_id AND kept.notice_id = held.notice_id AND kept.sealed = OLD.sealed);
  RETURN NULL;
END $$;
CREATE TRIGGER keep_held_further AFTER DELETE ON push_address
  FOR EACH ROW EXECUTE FUNCTION keep_held_further();

-- A device has another version. Only where a push about a release may be held: most devices have none, and write nothing.
CREATE FUNCTION recall_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM delivery
    JOIN push_content AS content ON content.notice_id = delivery.notice_id
    WHERE delivery.device_id = NEW.id AND delivery.about_device_id IS NULL AND content.about_version IS NOT NULL
      AND (delivery.held_until > now() OR delivery.state = 'SENDING'))
  OR EXISTS (
    SELECT FROM delivery
    JOIN push_content AS content ON content.notice_id = delivery.notice_id
    WHERE delivery.about_device_id = NEW.id AND content.about_version IS NOT NULL
      AND (delivery.held_until > now() OR delivery.state = 'SENDING'))
  THEN
    INSERT INTO recall_intent (owner, because) VALUES (NEW.id, 'updated-meanwhile');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER recall_updated AFTER UPDATE OF version ON device
  FOR EACH ROW WHEN (OLD.version IS DISTINCT FROM NEW.version)
  EXECUTE FUNCTION recall_updated();

-- A router or a phone is linked to an account no longer, also because the account is cancelled.
CREATE FUNCTION recall_unlinked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM delivery
    WHERE delivery.device_id = OLD.device_id AND (delivery.held_until > now() OR delivery.state = 'SENDING'))
  OR EXISTS (
    SELECT FROM delivery
    WHERE delivery.about_device_id = OLD.device_id AND (delivery.held_until > now() OR delivery.state = 'SENDING'))
  THEN
    INSERT INTO recall_intent (owner, because) VALUES (OLD.device_id, 'unlinked');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER recall_unlinked AFTER DELETE ON device_account
  FOR EACH ROW EXECUTE FUNCTION recall_unlinked();

-- A release is withdrawn, by itself or with a catalogue. One intent a notice: its pushes are looked at page by page.
CREATE FUNCTION recall_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO recall_intent (notice_id, because)
  SELECT content.notice_id, 'withdrawn' FROM push_content AS content
  WHERE content.about_product = NEW.product_id AND content.about_version = NEW.version
    -- What has expired longer ago nobody holds.
    AND content.expires_at > now() - interval '1 day';
  RETURN NULL;
END $$;
CREATE TRIGGER recall_withdrawn AFTER UPDATE ON release
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state = 'withdrawn')
  EXECUTE FUNCTION recall_withdrawn();
