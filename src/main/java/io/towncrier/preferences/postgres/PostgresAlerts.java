package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notification alerts in PostgreSQL. */
@ApplicationScoped
class PostgresAlerts implements AlertsStore {
  private static final String COLUMNS =
      """
      SELECT alerts.owner, alerts.push, alerts.categories_off, alerts.quiet_from, alerts.quiet_to,
        alerts.version
      FROM notification_alerts AS alerts
      """;

  private static final String FIND = COLUMNS + "WHERE alerts.owner = $1";

  private static final String LOCK_FOR_CHANGE = FIND + " FOR UPDATE";

  // FOR SHARE and nothing weaker: FOR KEY SHARE lets an opt-out pass (docs/adr/0004).
  private static final String LOCK_FOR_SHARE =
      COLUMNS + "WHERE alerts.owner = ANY ($1) ORDER BY alerts.owner FOR SHARE";

  private static final String MAKE_MISSING =
      """
      INSERT INTO notification_alerts (owner)
      SELECT wanted.owner FROM unnest($1::text[]) AS wanted (owner)
      ORDER BY wanted.owner
      ON CONFLICT (owner) DO NOTHING
      """;

  private static final String SAVE =
      """
      UPDATE notification_alerts
      SET push = $2, categories_off = $3, quiet_from = $4, quiet_to = $5, version = $6,
        changed_at = now()
      WHERE notification_alerts.owner = $1
      """;

  private final Database database;

  PostgresAlerts(Database database) {
    this.database = database;
  }

  @Override
  public Uni<NotificationAlerts> find(String owner) {
    return database
        .rows(FIND, PostgresAlerts::alerts, owner)
        .map(rows -> rows.isEmpty() ? NotificationAlerts.INITIAL : rows.get(0));
  }

  @Override
  public Uni<NotificationAlerts> lockForChange(String owner) {
    return makeMissing(List.of(owner))
        .chain(() -> database.rows(LOCK_FOR_CHANGE, PostgresAlerts::alerts, owner))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> save(String owner, NotificationAlerts alerts) {
    return database
        .update(
            SAVE,
            owner,
            alerts.push(),
            alerts.off().stream().map(Category::name).sorted().toArray(String[]::new),
            time(alerts, QuietHours::from),
            time(alerts, QuietHours::to),
            alerts.version())
        .replaceWithVoid();
  }

  @Override
  public Uni<Map<String, NotificationAlerts>> lockForShare(List<String> owners) {
    return lock(owners)
        .chain(
            found ->
                found.size() == owners.stream().distinct().count()
                    ? Uni.createFrom().item(found)
                    : makeMissing(owners).chain(() -> lock(owners)));
  }

  private Uni<Map<String, NotificationAlerts>> lock(List<String> owners) {
    return database
        .rows(
            LOCK_FOR_SHARE,
            row -> Map.entry(row.text(0), alerts(row)),
            (Object) owners.toArray(String[]::new))
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private Uni<Integer> makeMissing(List<String> owners) {
    return database.update(MAKE_MISSING, (Object) owners.toArray(String[]::new));
  }

  private static @Nullable LocalTime time(
      NotificationAlerts alerts, java.util.function.Function<QuietHours, LocalTime> end) {
    return alerts.quietHours().map(end).orElse(null);
  }

  private static NotificationAlerts alerts(Row row) {
    Optional<QuietHours> quiet =
        row.optionalTime(3)
            .flatMap(from -> row.optionalTime(4).map(to -> new QuietHours(from, to)));
    return new NotificationAlerts(
        row.flag(1),
        row.texts(2).stream().map(Category::valueOf).collect(Collectors.toUnmodifiableSet()),
        quiet,
        (int) row.number(5));
  }
}
