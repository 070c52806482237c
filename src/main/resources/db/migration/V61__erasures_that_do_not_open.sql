-- An address for a processor that no key opens is set aside: it keeps no former version of the keys alive (docs/adr/0064).
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
ALTER TABLE processor_erasure
  ADD COLUMN closed_since timestamptz; -- since when the address does not open; null: it opens, or was not tried yet
