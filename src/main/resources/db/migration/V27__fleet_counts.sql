-- How many devices there are of each combination of facts (docs/adr/0037). A device counts from its registration until it is revoked
-- or deleted.
CREATE TABLE fleet_count (
  product_id text   NOT NULL,
  version    text   NOT NULL,
  country    text   NOT NULL, -- empty: not known; likewise of time_zone and language
  time_zone  text   NOT NULL,
  language   text   NOT NULL,
  channel    text   NOT NULL,
  kind       text   NOT NULL,
  devices    bigint NOT NULL, -- with what of fleet_change was folded into it; for a while it may be below zero
  PRIMARY KEY (product_id, version, country, time_zone, language, channel, kind)
);

-- What has changed and is not folded into fleet_count yet. Rows are only added, so that no device waits for another one. A row of it
-- lives for seconds: without a vacuum now and then the dead ones would be what a look reads.
CREATE TABLE fleet_change (
  product_id text NOT NULL,
  version    text NOT NULL,
  country    text NOT NULL,
  time_zone  text NOT NULL,
  language   text NOT NULL,
  channel    text NOT NULL,
  kind       text NOT NULL,
  devices    int  NOT NULL -- 1: one more; -1: one less
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- Both together are exact at any moment, in one statement.
CREATE VIEW fleet_now AS
SELECT product_id, version, country, time_zone, language, channel, kind, devices FROM fleet_count
UNION ALL
SELECT product_id, version, country, time_zone, language, channel, kind, devices FROM fleet_change;

-- A trigger, since instances of the version before write devices too.
CREATE FUNCTION count_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.revoked_at IS NULL THEN
    INSERT INTO fleet_change (product_id, version, country, time_zone, language, channel, kind, devices)
    VALUES (OLD.product_id, OLD.version, coalesce(OLD.country, ''), coalesce(OLD.time_zone, ''),
      coalesce(OLD.language, ''), OLD.channel, OLD.kind, -1);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.revoked_at IS NULL THEN
    INSERT INTO fleet_change (product_id, version, country, time_zone, language, channel, kind, devices)
    VALUES (NEW.product_id, NEW.version, coalesce(NEW.country, ''), coalesce(NEW.time_zone, ''),
      coalesce(NEW.language, ''), NEW.channel, NEW.kind, 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_device AFTER INSERT OR DELETE ON device
  FOR EACH ROW EXECUTE FUNCTION count_device();
-- A change of anything else, such as the day on which it was seen, costs a comparison.
CREATE TRIGGER count_changed_device AFTER UPDATE ON device
  FOR EACH ROW
  WHEN ((OLD.product_id, OLD.version, OLD.country, OLD.time_zone, OLD.language, OLD.channel, OLD.kind, OLD.revoked_at IS NULL)
    IS DISTINCT FROM
    (NEW.product_id, NEW.version, NEW.country, NEW.time_zone, NEW.language, NEW.channel, NEW.kind, NEW.revoked_at IS NULL))
  EXECUTE FUNCTION count_device();
