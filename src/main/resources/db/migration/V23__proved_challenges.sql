-- A challenge that was answered is kept for an hour: an echo that was stored and not yet in force is sent again, and goes on waiting
-- (docs/adr/0029).
ALTER TABLE push_proof
  ADD COLUMN proved_at timestamptz, -- when the address became the device's
  ADD COLUMN losers    text[];      -- the devices that lost it, or theirs, with that: pushes to them are waited for as well
