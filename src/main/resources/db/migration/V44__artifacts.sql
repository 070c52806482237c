-- Images that operators upload in parts (docs/adr/0052). The bytes are in a folder or a bucket.
--
-- Classification (table, column: class, purpose, retention, readers):
--   artifact, created_by: pseudonymous, the operator's subject for other operators, until the artifact is deleted, operators
--   artifact, all other columns: public (secret until the release is published), to serve firmware, until the artifact is
--   deleted, operators
CREATE TABLE artifact (
  id              text PRIMARY KEY,
  file            text        NOT NULL,
  size            bigint      NOT NULL CHECK (size BETWEEN 1 AND 2147483647),
  sha256          text        NOT NULL,                       -- as announced; of one that is ready also found
  part_sha256     text[]      NOT NULL,
  state           text        NOT NULL CHECK (state IN ('uploading', 'verifying', 'ready', 'refused', 'deleting')),
  home            text,                                       -- by what the home knows the upload
  verify_again_at timestamptz,                                -- before that time somebody else reads it
  refused_because text,
  sha1            text,
  md5             text,
  created_by      text        NOT NULL,
  created_at      timestamptz NOT NULL,
  ready_at        timestamptz,
  published_at    timestamptz,
  retained_until  timestamptz,
  unused_since    timestamptz,                                -- no release has referred to it since; null: one does
  looked_at       timestamptz NOT NULL,                       -- when it was last looked whether one does
  UNIQUE (sha256, file)
);
CREATE INDEX artifact_open ON artifact (state, created_at) WHERE state <> 'ready';
CREATE INDEX artifact_looked ON artifact (looked_at) WHERE state = 'ready';

-- Which releases name these bytes.
CREATE INDEX release_artifact ON release
  USING gin (jsonb_path_query_array(document, '$.artifacts[*].sha256') jsonb_path_ops);
