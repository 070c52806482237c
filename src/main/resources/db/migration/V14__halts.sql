-- What an operator has halted for the whole cell (docs/adr/0025). Security has a time of its own: a
-- halt may leave it out, and one that comes later may take it in.
CREATE TABLE cell_halt (
  what           text PRIMARY KEY CHECK (what IN ('PUSHES', 'ROLLOUTS')),
  since          timestamptz,
  security_since timestamptz,
  -- Security is never halted alone.
  CHECK (since IS NOT NULL OR security_since IS NULL)
);
-- Claims lock a row FOR SHARE, so it must be there before anything is halted.
INSERT INTO cell_halt (what) VALUES ('PUSHES'), ('ROLLOUTS');
