package io.towncrier.releases.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.ArtifactReferences;
import io.towncrier.platform.postgres.Database;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Which releases name the bytes of an artifact, by whatever URL. */
@ApplicationScoped
class ReleasesOfArtifact implements ArtifactReferences {
  private static final String NAMING =
      """
      SELECT release.product_id, release.version FROM release
      WHERE jsonb_path_query_array(release.document, '$.artifacts[*].sha256')
        @> jsonb_build_array($1::text)
      LIMIT $2
      """;

  private final Database database;

  ReleasesOfArtifact(Database database) {
    this.database = database;
  }

  @Override
  public Uni<List<String>> to(String sha256, int limit) {
    return database.rows(
        NAMING,
        row -> new ReleaseId(row.text("product_id"), row.text("version")).toString(),
        sha256,
        limit);
  }
}
