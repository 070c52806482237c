package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sharding.ShardPlans;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** In PostgreSQL. */
@ApplicationScoped
class PostgresShardPlans implements ShardPlans {
  private static final String IS_DUE =
      """
      delivery.state IN ('PENDING', 'SENDING') AND delivery.due_at <= now()
      """;

  private static final String WITH_DUE =
      """
      SELECT content.notice_id FROM push_content AS content
      WHERE NOT content.settled
        AND (content.halted_because IS NULL OR content.halted_because = 'notice-cancelled')
        AND (EXISTS (
          SELECT 1 FROM notice_walk AS walk
          WHERE walk.notice_id = content.notice_id AND walk.through_at IS NULL)
        OR EXISTS (
          SELECT 1 FROM delivery
          WHERE delivery.notice_id = content.notice_id AND
      """
          + IS_DUE
          + ")) ORDER BY NOT content.urgent, content.notice_id";

  // FOR KEY SHARE on push_content, by the foreign key, waits for no claim.
  private static final String TAKE =
      """
      INSERT INTO shard_plan AS plan (notice_id, planned_at)
      SELECT content.notice_id, now() FROM push_content AS content WHERE content.notice_id = $1
      ON CONFLICT (notice_id) DO UPDATE SET planned_at = excluded.planned_at
        WHERE plan.planned_at < now() - $2 * interval '1 ms'
      """;

  private static final String DUE =
      """
      SELECT count(*) AS deliveries FROM (
        SELECT 1 FROM delivery
        WHERE delivery.notice_id = $1 AND delivery.state IN ('PENDING', 'SENDING')
          AND delivery.due_at <= now() + $2 * interval '1 ms'
        LIMIT $3) AS due
      """;

  private final Database database;

  PostgresShardPlans(Database database) {
    this.database = database;
  }

  @Override
  public Uni<List<String>> withDue() {
    return database.rows(WITH_DUE, row -> row.text("notice_id"));
  }

  @Override
  public Uni<Boolean> take(String notice, Duration notAgainBefore) {
    return database.update(TAKE, notice, (double) notAgainBefore.toMillis()).map(n -> n > 0);
  }

  @Override
  public Uni<Long> due(String notice, Duration within, long atMost) {
    return database
        .rows(DUE, row -> row.number("deliveries"), notice, (double) within.toMillis(), atMost)
        .map(rows -> rows.get(0));
  }
}
