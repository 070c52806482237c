package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Tidying;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.AlertsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

/** Ends the life of old changes of alerts. */
@ApplicationScoped
class AlertsRetention implements Tidying {
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
  public Uni<Integer> tidy(Instant now, int limit) {
    return database.update(
        DROP, now.minus(config.historyKept()).atOffset(ZoneOffset.UTC), (long) limit);
  }
}
