package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.classification.Classification;
import io.towncrier.privacy.rights.PersonalDataStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a person allows: the alerts of the account and of its devices, and their history. */
@ApplicationScoped
class AlertsOfPerson implements PersonalDataStore {
  // Alerts of a device that somebody else uses as well are not this person's alone.
  private static final String OWNERS =
      """
      (SELECT $1 UNION
        SELECT link.device_id FROM device_account AS link
        WHERE link.account_id = $1 AND NOT EXISTS (
          SELECT 1 FROM device_account AS other
          WHERE other.device_id = link.device_id AND other.account_id <> $1))
      """;

  private static final String DELETE =
      "DELETE FROM notification_alerts WHERE notification_alerts.owner = $1";

  private final Database database;

  AlertsOfPerson(Database database) {
    this.database = database;
  }

  @Override
  public Set<String> tables() {
    return Set.of("notification_alerts", "notification_alerts_history");
  }

  @Override
  public Uni<Map<String, List<String>>> export(String account) {
    Map<String, List<String>> data = new TreeMap<>();
    return database
        .rows(Export.ALERTS, row -> row.text("json"), account, (long) MOST_ROWS)
        .invoke(rows -> data.put("notification_alerts", rows))
        .chain(
            () -> database.rows(Export.HISTORY, row -> row.text("json"), account, (long) MOST_ROWS))
        .invoke(rows -> data.put("notification_alerts_history", rows))
        .replaceWith(data);
  }

  /** The history goes with them. */
  @Override
  public Uni<Void> erase(String account) {
    return database.update(DELETE, account).replaceWithVoid();
  }

  // Apart, so that the list of all columns is read when it is needed.
  private static final class Export {
    static final String ALERTS =
        """
        SELECT to_jsonb(shown)::text AS json
        FROM (
          SELECT %s FROM notification_alerts
          WHERE notification_alerts.owner IN %s
          ORDER BY notification_alerts.owner LIMIT $2) AS shown
        """
            .formatted(Classification.own().selectList("notification_alerts"), OWNERS);

    static final String HISTORY =
        """
        SELECT to_jsonb(shown)::text AS json
        FROM (
          SELECT %s FROM notification_alerts_history
          WHERE notification_alerts_history.owner IN %s
          ORDER BY notification_alerts_history.changed_at DESC LIMIT $2) AS shown
        """
            .formatted(Classification.own().selectList("notification_alerts_history"), OWNERS);
  }
}
