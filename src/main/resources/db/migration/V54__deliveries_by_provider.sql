-- Push providers side by side (docs/adr/0061): whose addresses a delivery goes to, as far as it is known; a claim takes those of one
-- provider, so that one that stands still holds none of the other's back. The version before plans and claims as if all were FCM's.
--
-- column               class         purpose                                    retention   readers
-- delivery.provider    pseudonymous  gives a push to the senders of a provider  deliveries  person, sender
-- delivery.generation  pseudonymous  names a send to a provider that drops repeats  deliveries  sender
ALTER TABLE delivery
  ADD COLUMN provider   text NOT NULL DEFAULT 'fcm',
  ADD COLUMN generation int  NOT NULL DEFAULT 0;

CREATE INDEX delivery_waiting_of ON delivery (notice_id, provider, due_at) WHERE state IN ('PENDING', 'SENDING');

-- A client id of Getui. What is there has passed the narrower check, so nothing is looked through.
ALTER TABLE device DROP CONSTRAINT device_push_kind_check;
ALTER TABLE device ADD CONSTRAINT device_push_kind_check CHECK (push_kind IN ('TOKEN', 'FID', 'CID')) NOT VALID;
ALTER TABLE push_proof DROP CONSTRAINT push_proof_kind_check;
ALTER TABLE push_proof ADD CONSTRAINT push_proof_kind_check CHECK (kind IN ('TOKEN', 'FID', 'CID')) NOT VALID;
