package io.towncrier.fleet.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.CountChanges;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.retention.Remover;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Counts in PostgreSQL, with the changes that are not folded into them yet (docs/adr/0037). */
@ApplicationScoped
class PostgresFleetCounts implements FleetCounts, CountChanges, Remover {
  // In the order of the keys, so that two that fold never wait for each other in a circle. Who adds
  // a change is never met: what is not committed cannot be locked.
  private static final String FOLD =
      """
      WITH taken AS (
        DELETE FROM fleet_change
        WHERE fleet_change.ctid = ANY (ARRAY(
          SELECT waiting.ctid FROM fleet_change AS waiting
          LIMIT $1
          FOR UPDATE SKIP LOCKED))
        RETURNING fleet_change.*
      ), summed AS (
        SELECT taken.product_id, taken.version, taken.country, taken.time_zone, taken.language,
          taken.channel, taken.kind, sum(taken.devices) AS devices
        FROM taken
        GROUP BY 1, 2, 3, 4, 5, 6, 7
        HAVING sum(taken.devices) <> 0
      ), kept AS (
        INSERT INTO fleet_count AS known
          (product_id, version, country, time_zone, language, channel, kind, devices)
        SELECT summed.product_id, summed.version, summed.country, summed.time_zone,
          summed.language, summed.channel, summed.kind, summed.devices
        FROM summed
        ORDER BY 1, 2, 3, 4, 5, 6, 7
        ON CONFLICT (product_id, version, country, time_zone, language, channel, kind)
        DO UPDATE SET devices = known.devices + excluded.devices
      )
      SELECT count(*) AS folded FROM taken
      """;

  private static final String DROP_EMPTY =
      """
      DELETE FROM fleet_count
      WHERE fleet_count.devices = 0 AND fleet_count.ctid = ANY (ARRAY(
        SELECT empty.ctid FROM fleet_count AS empty
        WHERE empty.devices = 0
        LIMIT $1
        FOR UPDATE SKIP LOCKED))
      """;

  private final Database database;

  PostgresFleetCounts(Database database) {
    this.database = database;
  }

  @Override
  public Uni<List<Group>> groups(List<Axis> by, FleetFilter filter) {
    FleetCountSql sql = new FleetCountSql(by, filter);
    return database.rows(sql.groups(), row -> group(row, by), sql.parameters());
  }

  @Override
  public Uni<Table> table(List<Axis> by, FleetFilter filter, PageRequest<List<String>> request) {
    FleetCountSql sql = new FleetCountSql(by, filter);
    String statement =
        sql.table(request.after().orElse(null), request.descending(), request.limitAndOne());
    return database
        .rows(statement, row -> Counted.of(row, by), sql.parameters())
        .map(
            rows ->
                new Table(
                    Page.of(
                        rows.stream().flatMap(row -> row.group().stream()).toList(),
                        request,
                        rows.get(0).groups()),
                    rows.get(0).devices()));
  }

  @Override
  public Uni<Long> fold(int limit) {
    return database.rows(FOLD, row -> row.number("folded"), (long) limit).map(rows -> rows.get(0));
  }

  /** Counts have no person, and stay as long as they count somebody. */
  @Override
  public Set<String> periods() {
    return Set.of();
  }

  /** Combinations that no device has any more. */
  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return database.update(DROP_EMPTY, (long) limit);
  }

  private static Group group(Row row, List<Axis> by) {
    return new Group(
        by.stream().map(axis -> row.text(FleetCountSql.column(axis))).toList(),
        row.number("devices"));
  }

  /** A row of a table; without a group where its page has none. */
  private record Counted(long groups, long devices, List<Group> group) {
    static Counted of(Row row, List<Axis> by) {
      return new Counted(
          row.number("groups"),
          row.number("all_devices"),
          row.optionalText(FleetCountSql.column(by.get(0))).isEmpty()
              ? List.of()
              : List.of(PostgresFleetCounts.group(row, by)));
    }
  }
}
