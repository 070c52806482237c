-- A release becomes a document in the form of docs/catalogue.schema.json, with a life and a revision of its own. The columns
-- that the document replaces go at once: nothing was released with them.

ALTER TABLE catalogue_revision ADD COLUMN number bigint NOT NULL DEFAULT 0; -- grows by one with each change

-- The revisions that this catalogue went through: who knows one of them needs only what changed since.
CREATE TABLE catalogue_history (
  number bigint PRIMARY KEY,
  id     text NOT NULL
);
INSERT INTO catalogue_history (number, id) SELECT catalogue_revision.number, catalogue_revision.id FROM catalogue_revision;

ALTER TABLE product
  ADD COLUMN version_scheme text    NOT NULL DEFAULT 'NATURAL' CHECK (version_scheme IN ('NATURAL', 'SEMVER', 'DATE', 'SEQUENCE')),
  ADD COLUMN security_only  boolean NOT NULL DEFAULT false,
  ADD COLUMN revision       int     NOT NULL DEFAULT 0, -- of this row, for two operators who edit it at once
  ADD COLUMN changed_in     bigint  NOT NULL DEFAULT 0; -- number of the catalogue in which it or a release of it last changed
CREATE INDEX product_changed ON product (changed_in);

ALTER TABLE release
  ADD COLUMN document jsonb,
  ADD COLUMN state    text GENERATED ALWAYS AS (coalesce(document ->> 'state', 'published')) STORED,
  ADD COLUMN author   text, -- subject of the operator who drafted it; none for an import
  ADD COLUMN revision int  NOT NULL DEFAULT 0;

UPDATE release SET document = jsonb_strip_nulls(jsonb_build_object(
    'version', release.version,
    'channel', nullif(release.channel, 'stable'),
    'severity', lower(release.severity),
    'mandatory', nullif(release.mandatory, false),
    'publishedAt', to_char(release.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'countries', nullif(jsonb_strip_nulls(jsonb_build_object(
        'allow', CASE WHEN cardinality(release.countries_allowed) > 0 THEN to_jsonb(release.countries_allowed) END,
        'deny', CASE WHEN cardinality(release.countries_denied) > 0 THEN to_jsonb(release.countries_denied) END)), '{}'::jsonb),
    'notes', release.notes,
    'artifacts', nullif(release.artifacts, '[]'::jsonb)));

ALTER TABLE release
  ALTER COLUMN document SET NOT NULL,
  DROP COLUMN channel,
  DROP COLUMN severity,
  DROP COLUMN mandatory,
  DROP COLUMN published_at,
  DROP COLUMN countries_allowed,
  DROP COLUMN countries_denied,
  DROP COLUMN notes,
  DROP COLUMN artifacts;

-- What a client may report beside the version.
ALTER TABLE device
  ADD COLUMN hardware        text,
  ADD COLUMN release_counter bigint CHECK (release_counter >= 0);
