package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.pacing.Backlog;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What waits of notices that have a pace, in PostgreSQL. */
@ApplicationScoped
class PostgresBacklog implements Backlog {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS = 1e9;

  private static final String KEEP =
      """
      INSERT INTO notice_pace (notice_id, step_micros) VALUES ($1, $2)
      ON CONFLICT (notice_id) DO UPDATE SET step_micros = excluded.step_micros
      WHERE notice_pace.step_micros <> excluded.step_micros
      """;

  private static final String PACED =
      """
      SELECT pace.notice_id, pace.step_micros, notice.ttl_seconds
      FROM notice_pace AS pace
      JOIN notice ON notice.id = pace.notice_id
      JOIN push_content AS content ON content.notice_id = pace.notice_id
      WHERE NOT content.settled AND content.expires_at > now()
      """;

  private static final String OF = PACED + " AND pace.notice_id = $1";

  private static final String LATE =
      PACED
          + """
            AND pace.step_micros > $2::double precision AND content.halted_because IS NULL
            AND EXISTS (
              SELECT 1 FROM delivery
              WHERE delivery.notice_id = pace.notice_id
                AND delivery.state = 'PENDING' AND delivery.due_at < $1)
          ORDER BY pace.notice_id
          """;

  private static final String WAITING =
      """
      SELECT floor(extract(epoch FROM delivery.due_at - $2::timestamptz)
          / $3::double precision)::bigint AS bucket, count(*) AS deliveries
      FROM delivery
      WHERE delivery.notice_id = $1 AND delivery.state = 'PENDING' AND delivery.due_at >= $2
      GROUP BY 1
      """;

  private static final String LOCK_LATE =
      """
      SELECT delivery.device_id FROM delivery
      WHERE delivery.notice_id = $1 AND delivery.state = 'PENDING' AND delivery.due_at < $2
      ORDER BY delivery.due_at
      LIMIT $3
      FOR UPDATE SKIP LOCKED
      """;

  private static final String PLACE =
      """
      UPDATE delivery SET due_at = placed.due_at
      FROM unnest($2::text[], $3::timestamptz[]) AS placed (device_id, due_at)
      WHERE delivery.notice_id = $1 AND delivery.device_id = placed.device_id
      """;

  private final Database database;

  PostgresBacklog(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> keep(String notice, Duration step) {
    return database.update(KEEP, notice, micros(step)).replaceWithVoid();
  }

  @Override
  public Uni<Optional<Paced>> of(String notice) {
    return database.rows(OF, PostgresBacklog::paced, notice).map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<List<Paced>> late(Instant dueBefore, Duration slowerThan) {
    return database.rows(LATE, PostgresBacklog::paced, utc(dueBefore), micros(slowerThan));
  }

  @Override
  public Uni<Map<Long, Long>> waiting(String notice, Instant from, Duration bucket) {
    return database
        .rows(
            WAITING,
            row -> Map.entry(row.number("bucket"), row.number("deliveries")),
            notice,
            utc(from),
            bucket.toNanos() / NANOS)
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public Uni<List<String>> lockLate(String notice, Instant dueBefore, int limit) {
    return database.rows(
        LOCK_LATE, row -> row.text("device_id"), notice, utc(dueBefore), (long) limit);
  }

  @Override
  public Uni<Void> place(String notice, List<String> devices, List<Instant> due) {
    return database
        .update(
            PLACE,
            notice,
            devices.toArray(String[]::new),
            due.stream().map(PostgresBacklog::utc).toArray(OffsetDateTime[]::new))
        .replaceWithVoid();
  }

  private static double micros(Duration step) {
    return step.toNanos() / NANOS_PER_MICRO;
  }

  private static Paced paced(Row row) {
    return new Paced(
        row.text("notice_id"),
        Duration.ofNanos((long) (row.real("step_micros") * NANOS_PER_MICRO)),
        Duration.ofSeconds(row.number("ttl_seconds")));
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
