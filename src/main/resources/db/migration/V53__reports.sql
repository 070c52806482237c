-- Long looks at the fleet: made by a job page by page, fetched later, removed after a day (docs/adr/0060).
--
-- column          class         purpose                     retention          readers
-- report.*        public        how far a report is         24 h behind start  operators
-- report_part.*   pseudonymous  an export of device facts   24 h behind start  operators
CREATE TABLE report (
  id text PRIMARY KEY,
  kind text NOT NULL,
  question jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('RUNNING', 'DONE', 'FAILED')),
  position text NOT NULL,
  walked bigint NOT NULL,
  devices bigint NOT NULL,
  counts jsonb NOT NULL,
  parts integer NOT NULL,
  stumbles integer NOT NULL DEFAULT 0,
  failure text,
  started_by text NOT NULL,
  reason text NOT NULL,
  started_at timestamptz NOT NULL,
  touched_at timestamptz NOT NULL,
  finished_at timestamptz,
  expires_at timestamptz NOT NULL
);
-- What is being made, the longest untouched first.
CREATE INDEX report_running ON report (touched_at) WHERE state = 'RUNNING';
CREATE INDEX report_expires ON report (expires_at);

-- Parts of a file, compressed: several gzip members one behind the other.
CREATE TABLE report_part (
  report_id text NOT NULL REFERENCES report (id),
  number integer NOT NULL,
  lines integer NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (report_id, number)
);
