package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.retention.Remover;
import io.towncrier.privacy.retention.RetentionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Ends the life of notices that are long done, or were never started. */
@ApplicationScoped
class OldNotices implements Remover {
  private static final String LOCK_OLD =
      """
      SELECT notice.id FROM notice
      WHERE notice.state IN ('DONE', 'CANCELLED', 'DRAFT', 'APPROVED')
        AND coalesce(notice.finished_at, notice.created_at) < $1
        -- A notice of a rollout may have gone on since.
        AND NOT EXISTS (
          SELECT 1 FROM push_content AS content
          WHERE content.notice_id = notice.id AND (content.expires_at >= $1 OR NOT content.settled))
        -- By the key: NOT EXISTS may be answered by a look at all deliveries.
        AND (SELECT delivery.device_id FROM delivery
          WHERE delivery.notice_id = notice.id LIMIT 1) IS NULL
      ORDER BY notice.created_at
      LIMIT $2
      FOR UPDATE SKIP LOCKED
      """;

  // What hangs on the content goes with it. Counts have no foreign key, as they only grow.
  private static final List<String> DELETE =
      List.of(
          "DELETE FROM push_content WHERE push_content.notice_id = ANY ($1)",
          "DELETE FROM rollout_notice WHERE rollout_notice.notice_id = ANY ($1)",
          "DELETE FROM notice_change WHERE notice_change.notice_id = ANY ($1)",
          "DELETE FROM notice_count WHERE notice_count.notice_id = ANY ($1)",
          "DELETE FROM notice_series WHERE notice_series.notice_id = ANY ($1)",
          "DELETE FROM notice WHERE notice.id = ANY ($1)");

  private final Database database;
  private final Transactions transactions;
  private final RetentionPolicy policy;

  OldNotices(Database database, Transactions transactions, RetentionPolicy policy) {
    this.database = database;
    this.transactions = transactions;
    this.policy = policy;
  }

  @Override
  public Set<String> periods() {
    return Set.of("notices");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return transactions.inTransaction(
        () ->
            database
                .rows(
                    LOCK_OLD,
                    row -> row.text("id"),
                    now.minus(policy.notices()).atOffset(ZoneOffset.UTC),
                    (long) limit)
                .call(this::delete)
                .map(List::size));
  }

  private Uni<Void> delete(List<String> notices) {
    Uni<Void> all = Uni.createFrom().voidItem();
    if (!notices.isEmpty()) {
      for (String statement : DELETE) {
        all =
            all.chain(
                () ->
                    database
                        .update(statement, (Object) notices.toArray(String[]::new))
                        .replaceWithVoid());
      }
    }
    return all;
  }
}
