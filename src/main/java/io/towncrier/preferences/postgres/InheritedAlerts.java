package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.KeptOptOuts;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.AlertsOwner;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.NotificationAlerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Gives a device the opt-outs of earlier registrations and of an account that lets it go. */
@ApplicationScoped
class InheritedAlerts implements KeptOptOuts {
  private static final String OF =
      """
      SELECT alerts.push, alerts.categories_off, alerts.in_app_off, alerts.delivery_receipts
      FROM notification_alerts AS alerts
      WHERE alerts.owner = ANY ($1)
      """;

  private static final String ADD =
      """
      INSERT INTO notification_alerts (owner, push, categories_off, default_off, in_app_off,
        default_in_app_off, delivery_receipts)
      VALUES ($1, $2, $3, $3, $4, $4, $5)
      ON CONFLICT (owner) DO NOTHING
      """;

  private final Database database;
  private final CategoryRules rules;
  private final AlertsStore alerts;
  private final InstantSource clock;

  InheritedAlerts(Database database, CategoryRules rules, AlertsStore alerts, InstantSource clock) {
    this.database = database;
    this.rules = rules;
    this.alerts = alerts;
    this.clock = clock;
  }

  @Override
  public Uni<Void> keep(String account, List<String> deviceIds) {
    return alerts
        .find(new AlertsOwner.Known(account))
        .map(Optional::orElseThrow)
        .chain(
            accounts ->
                accounts.allowEverything() || deviceIds.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : alerts.lockForChange(deviceIds).chain(devices -> add(devices, accounts)));
  }

  private Uni<Void> add(Map<String, NotificationAlerts> devices, NotificationAlerts accounts) {
    Instant now = clock.instant();
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Map.Entry<String, NotificationAlerts> device : devices.entrySet()) {
      NotificationAlerts was = device.getValue();
      NotificationAlerts becomes = was.andOptOutsOf(accounts);
      if (!becomes.equals(was)) {
        all =
            all.chain(
                () ->
                    alerts.save(
                        device.getKey(),
                        new AlertsChange(AlertsChange.Source.ACCOUNT, was, becomes, now)));
      }
    }
    return all;
  }

  @Override
  public Uni<Void> carryOver(List<String> earlier, String deviceId) {
    return database
        .rows(
            OF,
            row ->
                new Off(
                    row.flag("push"),
                    row.texts("categories_off"),
                    row.texts("in_app_off"),
                    row.flag("delivery_receipts")),
            (Object) earlier.toArray(String[]::new))
        .chain(all -> all.isEmpty() ? Uni.createFrom().voidItem() : add(deviceId, together(all)));
  }

  private Off together(List<Off> all) {
    NotificationAlerts initial = rules.initial();
    return new Off(
        initial.push() && all.stream().allMatch(Off::push),
        union(initial.off().stream().map(Enum::name), all.stream().map(Off::categories)),
        union(initial.inAppOff().stream().map(Enum::name), all.stream().map(Off::inApp)),
        all.stream().allMatch(Off::receipts));
  }

  private static List<String> union(Stream<String> initial, Stream<List<String>> earlier) {
    TreeSet<String> union = new TreeSet<>(initial.toList());
    earlier.forEach(union::addAll);
    return List.copyOf(union);
  }

  private Uni<Void> add(String deviceId, Off off) {
    return database
        .update(
            ADD,
            deviceId,
            off.push(),
            off.categories().toArray(String[]::new),
            off.inApp().toArray(String[]::new),
            off.receipts())
        .replaceWithVoid();
  }

  private record Off(boolean push, List<String> categories, List<String> inApp, boolean receipts) {}
}
