package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.counts.NoticeChanges;
import io.towncrier.notices.counts.NoticeCounts;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.retention.Remover;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Counts of notices in PostgreSQL (docs/adr/0058); a change counts before it is folded. */
@ApplicationScoped
class PostgresNoticeCounts implements NoticeCounts, NoticeChanges, Remover {
  private static final Duration SERIES_KEPT = Duration.ofDays(400);

  // In the order of the keys, so that two that fold never wait for each other in a circle.
  private static final String FOLD =
      """
      WITH taken AS (
        DELETE FROM notice_change
        WHERE notice_change.ctid = ANY (ARRAY(
          SELECT waiting.ctid FROM notice_change AS waiting
          LIMIT $1
          FOR UPDATE SKIP LOCKED))
        RETURNING notice_change.*
      ), kept AS (
        INSERT INTO notice_count AS known
          (notice_id, axis, value, state, devices, tried, pruned, seen)
        SELECT taken.notice_id, taken.axis, taken.value, taken.state, sum(taken.devices),
          sum(taken.tried), sum(taken.pruned), sum(taken.seen)
        FROM taken
        GROUP BY 1, 2, 3, 4
        ORDER BY 1, 2, 3, 4
        ON CONFLICT (notice_id, axis, value, state) DO UPDATE SET
          devices = known.devices + excluded.devices, tried = known.tried + excluded.tried,
          pruned = known.pruned + excluded.pruned, seen = known.seen + excluded.seen
      ), in_minutes AS (
        INSERT INTO notice_series AS known (notice_id, at, accepted, suppressed, dead, seen)
        SELECT taken.notice_id, date_trunc('minute', taken.at, 'UTC'),
          coalesce(sum(taken.devices) FILTER (WHERE taken.state = 'ACCEPTED'), 0),
          coalesce(sum(taken.devices) FILTER (WHERE taken.state = 'SUPPRESSED'), 0),
          coalesce(sum(taken.devices) FILTER (WHERE taken.state = 'DEAD'), 0),
          coalesce(sum(taken.seen), 0)
        FROM taken
        WHERE taken.axis = 'reason'
        GROUP BY 1, 2
        HAVING bool_or(taken.state IN ('ACCEPTED', 'SUPPRESSED', 'DEAD') OR taken.seen <> 0)
        ORDER BY 1, 2
        ON CONFLICT (notice_id, at) DO UPDATE SET
          accepted = known.accepted + excluded.accepted,
          suppressed = known.suppressed + excluded.suppressed,
          dead = known.dead + excluded.dead, seen = known.seen + excluded.seen
      )
      SELECT count(*) AS folded FROM taken
      """;

  private static final String DROP_OLD =
      """
      DELETE FROM notice_series
      WHERE notice_series.ctid = ANY (ARRAY(
        SELECT old.ctid FROM notice_series AS old
        WHERE old.at < $1
        LIMIT $2
        FOR UPDATE SKIP LOCKED))
      """;

  private static final String SUMS =
      """
      SELECT
        coalesce(sum(now.devices) FILTER (WHERE now.state IN ('PENDING', 'SENDING')), 0)::bigint
          AS remaining
      FROM notice_now AS now
      WHERE now.notice_id = $1 AND now.axis = 'reason'
      """;

  private static final String BY =
      """
      SELECT now.value,
        coalesce(sum(now.devices) FILTER (WHERE now.state = 'PLANNED'), 0)::bigint AS planned,
        coalesce(sum(now.devices) FILTER (WHERE now.state = 'ACCEPTED'), 0)::bigint AS accepted,
        coalesce(sum(now.devices) FILTER (WHERE now.state = 'SUPPRESSED'), 0)::bigint AS suppressed,
        coalesce(sum(now.devices) FILTER (WHERE now.state = 'DEAD'), 0)::bigint AS dead
      FROM notice_now AS now
      WHERE now.notice_id = $1 AND now.axis = $2
      GROUP BY 1
      ORDER BY 2 DESC, 1
      """;

  // What is not folded yet is in it, by its minute, as that will be.
  private static final String SERIES =
      """
      SELECT date_bin($4 * interval '1 s', ended.at, 'epoch') AS step,
        sum(ended.accepted)::bigint AS accepted, sum(ended.suppressed)::bigint AS suppressed,
        sum(ended.dead)::bigint AS dead, sum(ended.seen)::bigint AS seen
      FROM (
        SELECT series.at, series.accepted, series.suppressed, series.dead, series.seen
        FROM notice_series AS series WHERE series.notice_id = $1
        UNION ALL
        SELECT date_trunc('minute', change.at, 'UTC'),
          CASE WHEN change.state = 'ACCEPTED' THEN change.devices ELSE 0 END,
          CASE WHEN change.state = 'SUPPRESSED' THEN change.devices ELSE 0 END,
          CASE WHEN change.state = 'DEAD' THEN change.devices ELSE 0 END, change.seen
        FROM notice_change AS change
        WHERE change.notice_id = $1 AND change.axis = 'reason'
          AND (change.state IN ('ACCEPTED', 'SUPPRESSED', 'DEAD') OR change.seen <> 0)) AS ended
      WHERE ended.at >= $2 AND ended.at < $3
      GROUP BY 1
      ORDER BY 1
      LIMIT $5
      """;

  private final Database database;

  PostgresNoticeCounts(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Long> fold(int limit) {
    return database.rows(FOLD, row -> row.number("folded"), (long) limit).map(rows -> rows.get(0));
  }

  @Override
  public Set<String> periods() {
    return Set.of("notice-series");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return database.update(DROP_OLD, now.minus(SERIES_KEPT).atOffset(ZoneOffset.UTC), (long) limit);
  }

  @Override
  public Uni<Long> remaining(String notice) {
    return database.rows(SUMS, row -> row.number("remaining"), notice).map(rows -> rows.get(0));
  }

  @Override
  public Uni<List<Group>> by(String notice, Axis axis) {
    return database.rows(
        BY,
        row ->
            new Group(
                row.text("value"),
                row.number("planned"),
                row.number("accepted"),
                row.number("suppressed"),
                row.number("dead")),
        notice,
        axis.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public Uni<List<Step>> series(String notice, Instant from, Instant to, Duration step, int limit) {
    return database.rows(
        SERIES,
        row ->
            new Step(
                row.instant("step"),
                row.number("accepted"),
                row.number("suppressed"),
                row.number("dead"),
                row.number("seen")),
        notice,
        from.atOffset(ZoneOffset.UTC),
        to.atOffset(ZoneOffset.UTC),
        (double) step.toSeconds(),
        (long) limit);
  }
}
