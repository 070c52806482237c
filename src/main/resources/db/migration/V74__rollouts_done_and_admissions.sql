-- Whether the end of a rollout was told (docs/adr/0053): told_phase was about phases alone, and phases may be replaced.
--
-- Class, purpose, retention and readers of each column stand in src/main/resources/privacy/columns.csv.
ALTER TABLE told_phase
  ADD COLUMN done boolean NOT NULL DEFAULT false,
  ADD COLUMN published_at timestamptz; -- of which publication; NULL where the version before wrote the row

-- What ran its last phase was told as done, or was over before anybody watched.
UPDATE told_phase SET
  done = told_phase.phase + 1 >= coalesce(jsonb_array_length(release.document #> '{rollout,phases}'), 0),
  published_at = date_trunc('second', (release.document ->> 'publishedAt')::timestamptz)
FROM release
WHERE release.product_id = told_phase.product_id AND release.version = told_phase.version;

-- To which downloads a device was admitted in its present day (docs/adr/0066): whatever it says of itself, it takes from one region,
-- once for a release. Locked while a download is taken for it, and removed when its day is over.
CREATE TABLE download_admission (
  device_id text   PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
  since     bigint NOT NULL, -- when its day began, in seconds since 1970
  region    text   NOT NULL, -- as in download_bucket
  releases  text[] NOT NULL  -- their versions
);
CREATE INDEX download_admission_old ON download_admission (since);

-- Who waits for a security release stands in a row of their own; in milliseconds since 1970.
ALTER TABLE download_bucket ADD COLUMN security_ends bigint NOT NULL DEFAULT 0;
