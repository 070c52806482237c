-- The rotation of the keys that is under way (docs/adr/0048); one at most. The release before knows none of it: it goes on as long as
-- no rotation is begun.
--
-- classification            class         purpose                                              retention               readers
-- key_rotation.*            public        where the rotation stands                            until it has ended      jobs, operators
-- push_proof.other_index    pseudonymous  to find the address while two versions of the keys live  as the rest of the row  the device's calls
CREATE TABLE key_rotation (
  singleton   boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  former      int         NOT NULL, -- the version that ends
  next        int         NOT NULL, -- the version that takes its place
  phase       text        NOT NULL CHECK (phase IN ('ANNOUNCED', 'SWITCHED', 'RESEALING', 'WAITING')),
  since       timestamptz NOT NULL, -- when the phase began
  switched_at timestamptz, -- since when the next version is written
  walked      text        NOT NULL CHECK (walked IN ('ACCOUNT', 'CANCELLED', 'RECEIPT', 'DEVICE')),
  after_id    text        NOT NULL, -- the last row that was looked at
  resealed    bigint      NOT NULL DEFAULT 0, -- values that were sealed anew
  sealed_left bigint      NOT NULL DEFAULT 0, -- values that the walk under way left, as somebody held them
  hashed_left bigint      NOT NULL DEFAULT 0, -- hashes of the former version that the walk under way has met
  last_left   bigint -- hashes that the last whole walk has met; null before its end
);

-- The keyed hash of the address under the other version of the keys, while two live.
ALTER TABLE push_proof ADD COLUMN other_index bytea;
