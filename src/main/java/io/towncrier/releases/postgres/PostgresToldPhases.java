package io.towncrier.releases.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.phases.ToldPhases;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.stream.Collectors;

/** Which phase of a rollout was told last, a row a release. */
@ApplicationScoped
class PostgresToldPhases implements ToldPhases {
  private static final String ALL = "SELECT product_id, version, phase FROM told_phase";

  private static final String ADVANCE =
      """
      INSERT INTO told_phase (product_id, version, phase) VALUES ($1, $2, $3)
      ON CONFLICT (product_id, version) DO UPDATE SET phase = excluded.phase
      WHERE told_phase.phase < excluded.phase
      """;

  private final Database database;

  PostgresToldPhases(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Map<ReleaseId, Integer>> all() {
    return database
        .rows(
            ALL,
            row ->
                Map.entry(
                    new ReleaseId(row.text("product_id"), row.text("version")),
                    (int) row.number("phase")))
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public Uni<Boolean> advance(ReleaseId id, int phase) {
    return database.update(ADVANCE, id.product(), id.version(), phase).map(rows -> rows == 1);
  }
}
