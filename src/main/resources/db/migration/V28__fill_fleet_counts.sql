-- The devices that were there before the trigger. One statement, so that both halves see the same moment: what was noted until then
-- is in the count of the devices, and what is noted later stays. Nobody who writes devices waits for it.
-- contract: fleet_change came with V27; no version before this one reads or writes it.
WITH noted AS (DELETE FROM fleet_change)
INSERT INTO fleet_count (product_id, version, country, time_zone, language, channel, kind, devices)
SELECT device.product_id, device.version, coalesce(device.country, ''), coalesce(device.time_zone, ''),
  coalesce(device.language, ''), device.channel, device.kind, count(*)
FROM device
WHERE device.revoked_at IS NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7;
ANALYZE fleet_count;

-- By which operators find devices, a page at a time in the order of the ids. The first takes the place of device_product.
CREATE INDEX device_by_product ON device (product_id, id);
CREATE INDEX device_by_version ON device (product_id, version, id);
CREATE INDEX device_by_country ON device (country, id);
CREATE INDEX device_by_last_seen ON device (last_seen_on, id);
CREATE INDEX device_counting ON device (product_id) WHERE release_counter > 0;
DROP INDEX device_product;
