package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.AlertsConfig;
import io.towncrier.privacy.retention.Remover;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

/** Ends the life of old changes of alerts. */
@ApplicationScoped
class AlertsRetention implements Remover {
  private static final String DROP =
      """
      DELETE FROM notification_alerts_history
      WHERE (notification_alerts_history.owner, notification_alerts_history.version) IN (
        SELECT old.owner, old.version FROM notification_alerts_history AS old
        WHERE old.changed_at < $1
        ORDER BY old.changed_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  private final Database database;
  private final AlertsConfig config;

  AlertsRetention(Database database, AlertsConfig config) {
    this.database = database;
    this.config = config;
  }

  @Override
  public Set<String> periods() {
    return Set.of("alerts-history");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return database.update(
        DROP, now.minus(config.historyKept()).atOffset(ZoneOffset.UTC), (long) limit);
  }
}
