package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.retention.Remover;
import io.towncrier.privacy.retention.RetentionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Ends the life of notices that are long done, or were never started. */
@ApplicationScoped
class OldNotices implements Remover {
  private static final String OVER =
      """
      WHERE notice.state IN ('DONE', 'CANCELLED', 'DRAFT', 'APPROVED')
        AND coalesce(notice.finished_at, notice.created_at) < $1
        -- A notice of a rollout may have gone on since.
        AND NOT EXISTS (
          SELECT 1 FROM push_content AS content
          WHERE content.notice_id = notice.id AND (content.expires_at >= $1 OR NOT content.settled))
        -- By the key: NOT EXISTS may be answered by a look at all deliveries.
        AND (SELECT delivery.device_id FROM delivery
          WHERE delivery.notice_id = notice.id LIMIT 1) IS NULL
      """;

  private static final String LOCK_OLD =
      "SELECT notice.id FROM notice\n"
          + OVER
          + """
            AND (SELECT answer.device_id FROM consent_answer AS answer
              WHERE answer.notice_id = notice.id LIMIT 1) IS NULL
          ORDER BY notice.created_at
          LIMIT $2
          FOR UPDATE SKIP LOCKED
          """;

  // A table of the feature consents. The answers of a fleet go before their notice, some at a time:
  // they would all go in one statement with it.
  private static final String FORGET_ANSWERS =
      """
      DELETE FROM consent_answer
      WHERE (consent_answer.notice_id, consent_answer.device_id) IN (
        SELECT answer.notice_id, answer.device_id
        FROM notice
        CROSS JOIN LATERAL (
          SELECT held.notice_id, held.device_id FROM consent_answer AS held
          WHERE held.notice_id = notice.id
          LIMIT $2
          FOR UPDATE SKIP LOCKED) AS answer
      """
          + OVER
          + "AND notice.asks IS NOT NULL LIMIT $2)";

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
    OffsetDateTime before = now.minus(policy.notices()).atOffset(ZoneOffset.UTC);
    return database
        .update(FORGET_ANSWERS, before, (long) limit)
        .chain(
            answers ->
                answers > 0
                    ? Uni.createFrom().item(answers)
                    : transactions.inTransaction(() -> removeNotices(before, limit)));
  }

  private Uni<Integer> removeNotices(OffsetDateTime before, int limit) {
    return database
        .rows(LOCK_OLD, row -> row.text("id"), before, (long) limit)
        .call(this::delete)
        .map(List::size);
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
