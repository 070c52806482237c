package io.towncrier.fleet.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.AdoptionStore;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.retention.Remover;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Adoption in PostgreSQL. It reads the releases of the feature releases. */
@ApplicationScoped
class PostgresAdoption implements AdoptionStore, Remover {
  private static final Duration HOURS_KEPT = Duration.ofDays(30);
  private static final Duration DAYS_KEPT = Duration.ofDays(1100);

  private static final String TAKEN =
      "INSERT INTO adoption_taken (grain, at) VALUES ($1, $2) ON CONFLICT DO NOTHING";

  private static final String TAKE =
      """
      WITH counted AS (
        SELECT now.product_id, now.version, now.country, sum(now.devices) AS devices
        FROM fleet_now AS now
        WHERE NOT $2 OR now.product_id IN (
          SELECT release.product_id FROM release
          WHERE release.state = 'published'
            AND greatest((release.document ->> 'publishedAt')::timestamptz, release.released_at)
              > $3)
        GROUP BY 1, 2, 3)
      INSERT INTO adoption (product_id, axis, at, value, devices)
      SELECT counted.product_id, 'version', $1::timestamptz, counted.version, sum(counted.devices)
      FROM counted GROUP BY 1, 4 HAVING sum(counted.devices) > 0
      UNION ALL
      SELECT counted.product_id, 'country', $1::timestamptz, counted.country, sum(counted.devices)
      FROM counted GROUP BY 1, 4 HAVING sum(counted.devices) > 0
      ON CONFLICT DO NOTHING
      """;

  private static final String FIND =
      """
      WITH step AS (
        SELECT max(known.at) AS at FROM adoption AS known
        WHERE known.product_id = $1 AND known.axis = $2 AND known.at >= $3 AND known.at < $4
        GROUP BY date_bin($5 * interval '1 s', known.at, 'epoch'))
      SELECT adoption.at, adoption.value, adoption.devices
      FROM step
      JOIN adoption ON adoption.product_id = $1 AND adoption.axis = $2 AND adoption.at = step.at
      ORDER BY adoption.at, adoption.devices DESC, adoption.value
      """;

  private static final String DROP_OLD =
      """
      DELETE FROM adoption
      WHERE adoption.ctid = ANY (ARRAY(
        SELECT old.ctid FROM adoption AS old
        WHERE old.at < $1 OR (old.at < $2 AND old.at <> date_trunc('day', old.at, 'UTC'))
        LIMIT $3
        FOR UPDATE SKIP LOCKED))
      """;

  // None but the hour and the day that are now are taken.
  private static final String DROP_TAKEN =
      """
      DELETE FROM adoption_taken
      WHERE (adoption_taken.grain, adoption_taken.at) IN (
        SELECT old.grain, old.at FROM adoption_taken AS old
        WHERE old.at < $1
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  private final Database database;

  PostgresAdoption(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Long> take(Grain grain, Instant at, Instant newSince) {
    return database
        .update(TAKEN, grain.name().toLowerCase(Locale.ROOT), at.atOffset(ZoneOffset.UTC))
        .chain(
            first ->
                first == 0
                    ? Uni.createFrom().item(0)
                    : database.update(
                        TAKE,
                        at.atOffset(ZoneOffset.UTC),
                        grain == Grain.HOUR,
                        newSince.atOffset(ZoneOffset.UTC)))
        .map(Integer::longValue);
  }

  @Override
  public Uni<List<Point>> find(String product, By by, Instant from, Instant to, Duration step) {
    return database.rows(
        FIND,
        row -> new Point(row.instant("at"), row.text("value"), row.number("devices")),
        product,
        by.code(),
        from.atOffset(ZoneOffset.UTC),
        to.atOffset(ZoneOffset.UTC),
        (double) step.toSeconds());
  }

  @Override
  public Set<String> periods() {
    return Set.of("adoption");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    OffsetDateTime hours = now.minus(HOURS_KEPT).atOffset(ZoneOffset.UTC);
    return database
        .update(DROP_OLD, now.minus(DAYS_KEPT).atOffset(ZoneOffset.UTC), hours, (long) limit)
        .chain(
            rows ->
                database
                    .update(DROP_TAKEN, hours, (long) limit)
                    .map(taken -> Math.max(rows, taken)));
  }
}
