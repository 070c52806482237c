package io.towncrier.overview.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.overview.Live;
import io.towncrier.overview.LiveStore;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the tables of the audit log, the catalogue and the notices. */
@ApplicationScoped
class PostgresLive implements LiveStore {
  private static final String CATALOGUE = "";

  // From kind to kind by the index: as many looks into it as there are kinds.
  private static final String CHANGES =
      """
      WITH RECURSIVE kind (name) AS (
        (SELECT split_part(first.action, '.', 1) FROM audit_entry AS first
        ORDER BY split_part(first.action, '.', 1) LIMIT 1)
        UNION ALL
        SELECT (
          SELECT split_part(next.action, '.', 1) FROM audit_entry AS next
          WHERE split_part(next.action, '.', 1) > kind.name
          ORDER BY split_part(next.action, '.', 1) LIMIT 1)
        FROM kind WHERE kind.name IS NOT NULL)
      SELECT kind.name, (
        SELECT max(entry.number) FROM audit_entry AS entry
        WHERE split_part(entry.action, '.', 1) = kind.name) AS last_number
      FROM kind WHERE kind.name IS NOT NULL
      UNION ALL
      SELECT '', catalogue_revision.number FROM catalogue_revision
      """;

  private static final String NOTICES =
      """
      WITH moving AS (
        SELECT notice.id, notice.kind, notice.state, notice.created_at
        FROM notice WHERE notice.state IN ('STARTED', 'PAUSED')
        ORDER BY notice.created_at DESC, notice.id DESC
        LIMIT 100)
      SELECT moving.id, moving.kind, moving.state = 'PAUSED' AS paused, content.halted_because,
        coalesce(sum(counted.devices), 0)::bigint AS planned,
        coalesce(sum(counted.devices) FILTER (
          WHERE counted.state = 'ACCEPTED'), 0)::bigint AS accepted,
        coalesce(sum(counted.devices) FILTER (
          WHERE counted.state = 'SUPPRESSED'), 0)::bigint AS suppressed,
        coalesce(sum(counted.devices) FILTER (
          WHERE counted.state = 'DEAD'), 0)::bigint AS dead,
        coalesce(sum(counted.devices) FILTER (
          WHERE counted.state IN ('PENDING', 'SENDING')), 0)::bigint AS remaining,
        coalesce(sum(counted.seen), 0)::bigint AS seen
      FROM moving
      LEFT JOIN push_content AS content ON content.notice_id = moving.id
      LEFT JOIN notice_now AS counted
        ON counted.notice_id = moving.id AND counted.axis = 'reason'
      GROUP BY moving.id, moving.kind, moving.state, moving.created_at, content.halted_because
      ORDER BY moving.created_at DESC, moving.id DESC
      """;

  private final Database database;

  PostgresLive(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Changes> changes() {
    return database
        .rows(CHANGES, row -> Map.entry(row.text("name"), row.number("last_number")))
        .map(
            rows -> {
              Map<String, Long> lastOf = new HashMap<>();
              rows.forEach(row -> lastOf.put(row.getKey(), row.getValue()));
              Long catalogue = lastOf.remove(CATALOGUE);
              return new Changes(catalogue == null ? 0 : catalogue, lastOf);
            });
  }

  @Override
  public Uni<List<Live.MovingNotice>> notices() {
    return database.rows(NOTICES, PostgresLive::notice);
  }

  private static Live.MovingNotice notice(Row row) {
    boolean paused = row.flag("paused");
    return new Live.MovingNotice(
        row.text("id"),
        NoticeKind.valueOf(row.text("kind")).code(),
        paused,
        paused ? Optional.empty() : row.optionalText("halted_because"),
        new Live.Counts(
            row.number("planned"),
            row.number("accepted"),
            row.number("suppressed"),
            row.number("dead"),
            row.number("remaining"),
            row.number("seen")));
  }
}
