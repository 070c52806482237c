-- Who wrote at a release since it was last written as a whole, and who let it out or further: with approvals on these are
-- different people, and what a rollout pushes is approved by the second (docs/adr/0014, 0018).
ALTER TABLE release
  ADD COLUMN writers text[] NOT NULL DEFAULT '{}',
  ADD COLUMN released_by text,
  ADD COLUMN released_at timestamptz;

-- When a delivery was due before its claim, which keeps the end of its lease in due_at.
ALTER TABLE delivery ADD COLUMN claimed_due_at timestamptz;
