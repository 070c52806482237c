package io.towncrier.artifacts.postgres;

import io.towncrier.platform.postgres.Pages;

/** The statements about artifacts. */
final class ArtifactSql {
  private static final String COLUMNS =
      """
      artifact.id, artifact.sha256, artifact.file, artifact.size, artifact.part_sha256,
        artifact.state, artifact.home, artifact.sha1, artifact.md5, artifact.created_at,
        artifact.ready_at, artifact.published_at, artifact.retained_until,
        artifact.refused_because
      """;

  private static final String ROWS = "SELECT " + COLUMNS + "FROM artifact ";

  // What was refused makes room for another try.
  static final String CLEAR_REFUSED =
      "DELETE FROM artifact WHERE sha256 = $1 AND file = $2 AND state = 'refused'";

  static final String INSERT =
      """
      INSERT INTO artifact (id, sha256, file, size, part_sha256, state, created_by, created_at,
        looked_at)
      VALUES ($1, $2, $3, $4, $5, 'uploading', $6, $7, $7)
      ON CONFLICT (sha256, file) DO NOTHING
      """;

  static final String BEGUN =
      """
      UPDATE artifact SET home = $2
      WHERE artifact.id = $1 AND artifact.home IS NULL AND artifact.state = 'uploading'
      """;

  static final String BY_ID = ROWS + "WHERE artifact.id = $1";

  static final String LOCK = BY_ID + " FOR UPDATE";

  static final String BY_NAME = ROWS + "WHERE artifact.sha256 = $1 AND artifact.file = $2";

  static final String READY = ROWS + "WHERE artifact.id = ANY($1) AND artifact.state = 'ready'";

  static final String HOLD =
      ROWS
          + """
          JOIN unnest($1::text[], $2::text[]) AS named (sha256, file)
            ON artifact.sha256 = named.sha256 AND artifact.file = named.file
          WHERE artifact.state = 'ready'
          ORDER BY artifact.id FOR NO KEY UPDATE OF artifact
          """;

  private static final String OF_STATE =
      "FROM artifact WHERE ($1::text IS NULL OR artifact.state = $1)\n";

  static final String LIST =
      "SELECT "
          + COLUMNS
          + OF_STATE
          + """
          AND ($2::text IS NULL OR artifact.id %s $2) ORDER BY artifact.id %s LIMIT $3
          """;

  static final String COUNT = Pages.count(OF_STATE);

  static final String MOVE =
      "UPDATE artifact SET state = $3 WHERE artifact.id = $1 AND artifact.state = $2";

  // A process that reads it has a quarter of a minute, and more for what is large.
  static final String CLAIM =
      """
      UPDATE artifact
      SET verify_again_at = $1 + make_interval(secs => 15 + artifact.size / 5000000)
      WHERE artifact.id = (
        SELECT waiting.id FROM artifact AS waiting
        WHERE waiting.state = 'verifying'
          AND (waiting.verify_again_at IS NULL OR waiting.verify_again_at <= $1)
        ORDER BY waiting.created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING
      """
          + COLUMNS;

  static final String RELEASE = "UPDATE artifact SET verify_again_at = NULL WHERE artifact.id = $1";

  static final String VERIFIED =
      """
      UPDATE artifact
      SET state = 'ready', sha1 = $2, md5 = $3, ready_at = $4, looked_at = $4, unused_since = $4
      WHERE artifact.id = $1 AND artifact.state = 'verifying'
      """;

  static final String REFUSED =
      """
      UPDATE artifact SET state = 'refused', refused_because = $2
      WHERE artifact.id = $1 AND artifact.state = 'verifying'
      """;

  // A moment that was promised is never taken back.
  static final String PUBLISHED =
      """
      UPDATE artifact
      SET published_at = coalesce(artifact.published_at, $3),
        retained_until = greatest(artifact.retained_until, $4)
      WHERE artifact.sha256 = $1 AND artifact.file = $2 AND artifact.state = 'ready'
      """;

  static final String DELETE = "DELETE FROM artifact WHERE artifact.id = $1";

  static final String ABANDONED =
      ROWS
          + """
          WHERE artifact.state IN ('uploading', 'refused') AND artifact.created_at < $1
          ORDER BY artifact.created_at LIMIT $2
          """;

  static final String DELETING =
      ROWS + "WHERE artifact.state = 'deleting' ORDER BY artifact.created_at LIMIT $1";

  static final String UNLOOKED =
      ROWS
          + """
          WHERE artifact.state = 'ready' AND artifact.looked_at < $1
          ORDER BY artifact.looked_at LIMIT $2
          """;

  static final String LOOKED =
      """
      UPDATE artifact SET looked_at = $3,
        unused_since = CASE WHEN $2::boolean THEN NULL ELSE coalesce(artifact.unused_since, $3) END
      WHERE artifact.id = $1 AND artifact.state = 'ready'
      RETURNING artifact.unused_since
      """;

  private ArtifactSql() {}
}
