package io.towncrier.privacyrequests.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.retention.Remover;
import io.towncrier.privacy.retention.RetentionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

/** Ends the life of requests that were closed long ago. */
@ApplicationScoped
class OldRequests implements Remover {
  private static final String DROP =
      """
      DELETE FROM privacy_request
      WHERE privacy_request.id IN (
        SELECT old.id FROM privacy_request AS old
        WHERE old.closed_at < $1
        ORDER BY old.closed_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  private final Database database;
  private final RetentionPolicy policy;

  OldRequests(Database database, RetentionPolicy policy) {
    this.database = database;
    this.policy = policy;
  }

  @Override
  public Set<String> periods() {
    return Set.of("privacy-requests");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return database.update(
        DROP, now.minus(policy.privacyRequests()).atOffset(ZoneOffset.UTC), (long) limit);
  }
}
