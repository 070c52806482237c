package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.KeptOptOuts;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.NotificationAlerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Gives a new registration the opt-outs of earlier ones, as its own alerts. */
@ApplicationScoped
class InheritedAlerts implements KeptOptOuts {
  private static final String OF =
      """
      SELECT alerts.push, alerts.categories_off, alerts.in_app_off
      FROM notification_alerts AS alerts
      WHERE alerts.owner = ANY ($1)
      """;

  private static final String ADD =
      """
      INSERT INTO notification_alerts (owner, push, categories_off, default_off, in_app_off,
        default_in_app_off)
      VALUES ($1, $2, $3, $3, $4, $4)
      ON CONFLICT (owner) DO NOTHING
      """;

  private final Database database;
  private final CategoryRules rules;

  InheritedAlerts(Database database, CategoryRules rules) {
    this.database = database;
    this.rules = rules;
  }

  @Override
  public Uni<Void> carryOver(List<String> earlier, String deviceId) {
    return database
        .rows(
            OF,
            row -> new Off(row.flag(0), row.texts(1), row.texts(2)),
            (Object) earlier.toArray(String[]::new))
        .chain(all -> all.isEmpty() ? Uni.createFrom().voidItem() : add(deviceId, together(all)));
  }

  private Off together(List<Off> all) {
    NotificationAlerts initial = rules.initial();
    return new Off(
        initial.push() && all.stream().allMatch(Off::push),
        union(initial.off().stream().map(Enum::name), all.stream().map(Off::categories)),
        union(initial.inAppOff().stream().map(Enum::name), all.stream().map(Off::inApp)));
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
            off.inApp().toArray(String[]::new))
        .replaceWithVoid();
  }

  private record Off(boolean push, List<String> categories, List<String> inApp) {}
}
