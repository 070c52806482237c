package io.towncrier.overview.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.overview.StatusStore;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads the outbox by its counts, and the record of migrations. */
@ApplicationScoped
class PostgresStatus implements StatusStore {
  private static final String OUTBOX =
      """
      WITH waiting AS (
        SELECT content.halted_because IS NOT NULL AS halted, sum(now.devices) AS devices
        FROM push_content AS content
        JOIN notice_now AS now ON now.notice_id = content.notice_id AND now.axis = 'reason'
        WHERE NOT content.settled AND now.state IN ('PENDING', 'SENDING')
        GROUP BY 1)
      SELECT
        coalesce((SELECT waiting.devices FROM waiting WHERE NOT waiting.halted), 0)::bigint
          AS waiting,
        coalesce((SELECT waiting.devices FROM waiting WHERE waiting.halted), 0)::bigint AS halted,
        (SELECT coalesce(sum(now.devices), 0) FROM notice_now AS now
          WHERE now.axis = 'reason' AND now.state = 'DEAD')::bigint AS dead,
        (SELECT min(oldest.due_at) FROM push_content AS content
          CROSS JOIN LATERAL (
            SELECT delivery.due_at FROM delivery
            WHERE delivery.notice_id = content.notice_id
              AND delivery.state IN ('PENDING', 'SENDING') AND delivery.due_at <= now()
            ORDER BY delivery.due_at
            LIMIT 1) AS oldest
          WHERE NOT content.settled AND content.halted_because IS NULL) AS oldest_due_at
      """;

  private static final String MIGRATION =
      """
      SELECT record.version FROM flyway_schema_history AS record
      WHERE record.success AND record.version IS NOT NULL
      ORDER BY record.installed_rank DESC
      LIMIT 1
      """;

  private final Database database;

  PostgresStatus(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Outbox> outbox() {
    return database
        .rows(
            OUTBOX,
            row ->
                new Outbox(
                    row.number("waiting"),
                    row.number("halted"),
                    row.number("dead"),
                    row.optionalInstant("oldest_due_at")))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Optional<String>> migration() {
    return database
        .rows(MIGRATION, row -> row.text("version"))
        .map(rows -> rows.stream().findFirst());
  }
}
