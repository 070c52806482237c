-- Which version of the kit an app has, as it says itself. With one, an Android phone gets data alone and the app shows the notice
-- (docs/adr/0062).
--
-- column     | class  | purpose                              | retention     | readers
-- device.kit | public | decides how pushes to it are written | as the device | api, sender
ALTER TABLE device
  ADD COLUMN kit text CHECK (kit ~ '^[0-9]{1,4}([.][0-9]{1,4}){0,2}$'); -- null: its app has none
