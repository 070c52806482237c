package io.towncrier.releases.postgres;

import io.towncrier.releases.version.Reordered;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells once, at the upgrade, which products' versions stand in another order than before a bare
 * letter behind a number became a later build. It changes nothing: a step of the schema is what
 * runs once for each database, and before anybody is answered in the new order.
 */
public final class ListReordered implements JavaMigration {
  private static final Logger LOG = Logger.getLogger(ListReordered.class);

  // The bounds of ranges are versions as well, and what they take in depends on the order.
  private static final String VERSIONS =
      """
      SELECT release.product_id, array_agg(DISTINCT given.version)
      FROM release
      JOIN product ON product.id = release.product_id AND product.version_scheme = 'NATURAL'
      CROSS JOIN LATERAL (
        SELECT release.version
        UNION ALL SELECT bound.value #>> '{}'
        FROM jsonb_path_query(release.document, '$.rules[*].installed.*') AS bound (value)
        UNION ALL SELECT bound.value #>> '{}'
        FROM jsonb_path_query(release.document, '$.floorFor.*') AS bound (value)
      ) AS given
      GROUP BY release.product_id
      ORDER BY release.product_id
      """;

  public ListReordered() {}

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("21");
  }

  @Override
  public String getDescription() {
    return "list reordered versions";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    try (Statement statement = context.getConnection().createStatement();
        ResultSet products = statement.executeQuery(VERSIONS)) {
      while (products.next()) {
        String product = products.getString(1);
        reordered(products.getArray(2))
            .ifPresent(
                changed ->
                    LOG.warnf(
                        "the versions of %s stand in another order since this upgrade: they stood"
                            + " as %s, now as %s; look at its releases with GET"
                            + " /v1/admin/lint?product=%s",
                        product, changed.before(), changed.now(), product));
      }
    }
  }

  private static Optional<Reordered> reordered(Array versions) throws SQLException {
    return Reordered.of(Arrays.asList((String[]) versions.getArray()));
  }
}
