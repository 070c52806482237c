package io.towncrier.outcomes.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.health.Figures;
import io.towncrier.outcomes.judging.Baselines;
import io.towncrier.platform.postgres.Database;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures at the last halt, a row a counter. */
@ApplicationScoped
class PostgresBaselines implements Baselines {
  private static final String OF =
      """
      SELECT outcome_baseline.what, outcome_baseline.devices
      FROM outcome_baseline
      WHERE outcome_baseline.product_id = $1 AND outcome_baseline.version = $2
      """;

  private static final String KEEP =
      """
      INSERT INTO outcome_baseline AS known (product_id, version, what, devices)
      SELECT $1, $2, figure.what, figure.devices
      FROM unnest($3::text[], $4::bigint[]) AS figure (what, devices)
      ON CONFLICT (product_id, version, what) DO UPDATE SET devices = excluded.devices
      """;

  private static final String FORGET_NETWORKS =
      """
      DELETE FROM outcome_network
      WHERE outcome_network.product_id = $1 AND outcome_network.version = $2
      """;

  private final Database database;

  PostgresBaselines(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Figures> of(ReleaseId release) {
    return database
        .rows(
            OF,
            row -> Map.entry(row.text("what"), row.number("devices")),
            release.product(),
            release.version())
        .map(
            rows ->
                new Figures(
                    rows.stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
  }

  @Override
  public Uni<Void> keep(ReleaseId release, Figures figures) {
    String[] names = figures.byName().keySet().toArray(String[]::new);
    Long[] devices = figures.byName().values().toArray(Long[]::new);
    return database.inTransaction(
        () ->
            database
                .update(KEEP, release.product(), release.version(), names, devices)
                .chain(() -> database.update(FORGET_NETWORKS, release.product(), release.version()))
                .replaceWithVoid());
  }
}
