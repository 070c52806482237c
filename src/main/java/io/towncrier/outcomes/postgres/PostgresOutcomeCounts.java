package io.towncrier.outcomes.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.judging.OutcomeCounts;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counters in PostgreSQL, with the changes that are not folded into them yet (docs/adr/0037). */
@ApplicationScoped
class PostgresOutcomeCounts implements OutcomeCounts {
  private static final String OF_RELEASE =
      """
      SELECT outcome_now.phase, outcome_now.counted, outcome_now.what,
        sum(outcome_now.devices)::bigint AS devices
      FROM outcome_now
      WHERE outcome_now.product_id = $1 AND outcome_now.version = $2
      GROUP BY 1, 2, 3
      HAVING sum(outcome_now.devices) <> 0
      ORDER BY 1, 2, 3
      """;

  private static final String BY_NETWORK =
      """
      SELECT outcome_network.failures
      FROM outcome_network
      WHERE outcome_network.product_id = $1 AND outcome_network.version = $2
      ORDER BY outcome_network.failures DESC
      LIMIT 100
      """;

  // In the order of the keys, so that two that fold never wait for each other in a circle.
  private static final String FOLD =
      """
      WITH taken AS (
        DELETE FROM outcome_change
        WHERE outcome_change.ctid = ANY (ARRAY(
          SELECT waiting.ctid FROM outcome_change AS waiting
          LIMIT $1
          FOR UPDATE SKIP LOCKED))
        RETURNING outcome_change.*
      ), summed AS (
        SELECT taken.product_id, taken.version, taken.phase, taken.counted, taken.what,
          sum(taken.devices) AS devices
        FROM taken
        GROUP BY 1, 2, 3, 4, 5
        HAVING sum(taken.devices) <> 0
      ), kept AS (
        INSERT INTO outcome_count AS known
          (product_id, version, phase, counted, what, devices)
        SELECT summed.product_id, summed.version, summed.phase, summed.counted, summed.what,
          summed.devices
        FROM summed
        ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (product_id, version, phase, counted, what)
        DO UPDATE SET devices = known.devices + excluded.devices
      )
      SELECT count(*) AS folded FROM taken
      """;

  private final Database database;

  PostgresOutcomeCounts(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Map<Tally.Place, Long>> of(ReleaseId release) {
    return database
        .rows(OF_RELEASE, PostgresOutcomeCounts::counter, release.product(), release.version())
        .map(
            rows -> {
              Map<Tally.Place, Long> all = new LinkedHashMap<>();
              rows.forEach(counter -> all.put(counter.getKey(), counter.getValue()));
              return all;
            });
  }

  private static Map.Entry<Tally.Place, Long> counter(Row row) {
    return Map.entry(
        new Tally.Place((int) row.number("phase"), row.flag("counted"), row.text("what")),
        row.number("devices"));
  }

  @Override
  public Uni<List<Long>> failuresByNetwork(ReleaseId release) {
    return database.rows(
        BY_NETWORK, row -> row.number("failures"), release.product(), release.version());
  }

  @Override
  public Uni<Long> fold(int limit) {
    return database.rows(FOLD, row -> row.number("folded"), (long) limit).map(rows -> rows.get(0));
  }
}
