package io.towncrier.releases.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.phases.ToldPhases;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;

/** Which phase of a rollout was told last, and whether its end was; a row a release. */
@ApplicationScoped
class PostgresToldPhases implements ToldPhases {
  private static final String ALL =
      "SELECT product_id, version, phase, done, published_at FROM told_phase";

  // A rollout that was published anew begins again; a process that has seen the older one does not
  // bring it back.
  private static final String ADVANCE =
      """
      INSERT INTO told_phase AS told (product_id, version, phase, published_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (product_id, version) DO UPDATE SET
        phase = excluded.phase,
        published_at = excluded.published_at,
        done = told.done AND coalesce(told.published_at = excluded.published_at, true)
      WHERE told.published_at < excluded.published_at
        OR (told.phase < excluded.phase
          AND coalesce(told.published_at = excluded.published_at, true))
      """;

  private static final String FINISH =
      """
      UPDATE told_phase SET done = true
      WHERE told_phase.product_id = $1 AND told_phase.version = $2 AND NOT told_phase.done
        AND coalesce(told_phase.published_at = $3, true)
      """;

  private final Database database;

  PostgresToldPhases(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Map<ReleaseId, Told>> all() {
    return database
        .rows(ALL, PostgresToldPhases::told)
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public Uni<Boolean> advance(ReleaseId id, Instant published, int phase) {
    return database
        .update(ADVANCE, id.product(), id.version(), phase, published.atOffset(ZoneOffset.UTC))
        .map(rows -> rows == 1);
  }

  @Override
  public Uni<Boolean> finish(ReleaseId id, Instant published) {
    return database
        .update(FINISH, id.product(), id.version(), published.atOffset(ZoneOffset.UTC))
        .map(rows -> rows == 1);
  }

  private static Map.Entry<ReleaseId, Told> told(Row row) {
    return Map.entry(
        new ReleaseId(row.text("product_id"), row.text("version")),
        new Told((int) row.number("phase"), row.flag("done"), row.optionalInstant("published_at")));
  }
}
