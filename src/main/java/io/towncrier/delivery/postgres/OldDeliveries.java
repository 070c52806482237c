package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.retention.Remover;
import io.towncrier.privacy.retention.RetentionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

/** Ends the life of deliveries of notices that are long over. */
@ApplicationScoped
class OldDeliveries implements Remover {
  // One notice at a time, by its own part of the key. Nothing of it is claimed: it is settled. Not
  // EXISTS, which the planner may answer by a look at all deliveries.
  private static final String DROP =
      """
      DELETE FROM delivery
      WHERE (delivery.notice_id, delivery.device_id) IN (
        SELECT old.notice_id, old.device_id FROM delivery AS old
        WHERE old.notice_id = (
          SELECT content.notice_id FROM push_content AS content
          WHERE content.settled AND content.expires_at < $1
            AND (SELECT any_of.device_id FROM delivery AS any_of
              WHERE any_of.notice_id = content.notice_id LIMIT 1) IS NOT NULL
          ORDER BY content.expires_at
          LIMIT 1)
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  private final Database database;
  private final RetentionPolicy policy;

  OldDeliveries(Database database, RetentionPolicy policy) {
    this.database = database;
    this.policy = policy;
  }

  @Override
  public Set<String> periods() {
    return Set.of("deliveries");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return database.update(
        DROP, now.minus(policy.deliveries()).atOffset(ZoneOffset.UTC), (long) limit);
  }
}
