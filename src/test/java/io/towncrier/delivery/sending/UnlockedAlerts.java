package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.AlertsOwner;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shipped store, broken on purpose in one place: what a claim decides on is not locked. */
final class UnlockedAlerts implements AlertsStore {
  private static final String PLAIN_SELECT =
      """
      SELECT alerts.owner, alerts.push, alerts.categories_off, alerts.quiet_from, alerts.quiet_to,
        alerts.version
      FROM notification_alerts AS alerts
      WHERE alerts.owner = ANY ($1)
      """;

  private final AlertsStore shipped;
  private final Database database;

  UnlockedAlerts(AlertsStore shipped, Database database) {
    this.shipped = shipped;
    this.database = database;
  }

  @Override
  public Uni<Map<String, NotificationAlerts>> lockForShare(List<String> owners) {
    return database
        .rows(
            PLAIN_SELECT,
            row ->
                Map.entry(
                    row.text("owner"),
                    new NotificationAlerts(
                        row.flag("push"),
                        row.texts("categories_off").stream()
                            .map(Category::valueOf)
                            .collect(Collectors.toSet()),
                        row.optionalTime("quiet_from")
                            .flatMap(
                                f -> row.optionalTime("quiet_to").map(t -> new QuietHours(f, t))),
                        (int) row.number("version"))),
            (Object) owners.toArray(String[]::new))
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public Uni<Optional<NotificationAlerts>> find(AlertsOwner owner) {
    return shipped.find(owner);
  }

  @Override
  public Uni<Optional<Locked>> lockForChange(AlertsOwner owner) {
    return shipped.lockForChange(owner);
  }

  @Override
  public Uni<Map<String, NotificationAlerts>> lockForChange(List<String> owners) {
    return shipped.lockForChange(owners);
  }

  @Override
  public Uni<Void> save(String owner, AlertsChange change) {
    return shipped.save(owner, change);
  }

  @Override
  public Uni<Optional<Instant>> changedAt(String owner, int version) {
    return shipped.changedAt(owner, version);
  }

  @Override
  public Uni<Page<AlertsChange>> history(String owner, PageRequest<Integer> request) {
    return shipped.history(owner, request);
  }
}
