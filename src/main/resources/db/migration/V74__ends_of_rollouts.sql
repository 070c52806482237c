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
