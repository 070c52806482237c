-- A notice for an hour of each device's clock is pushed within it, whenever it is claimed (docs/adr/0015).
ALTER TABLE push_content
  ADD COLUMN local_time time,          -- null: at any hour
  ADD COLUMN local_over_seconds bigint; -- over which its devices are spread from then on
