package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notification alerts in PostgreSQL. */
@ApplicationScoped
class PostgresAlerts implements AlertsStore {
  private static final String COLUMNS =
      """
      SELECT alerts.owner, alerts.push, alerts.categories_off, alerts.quiet_from, alerts.quiet_to,
        alerts.version, alerts.in_app_off
      FROM notification_alerts AS alerts
      """;

  private static final String FIND = COLUMNS + "WHERE alerts.owner = $1";

  private static final String LOCK_FOR_CHANGE = FIND + " FOR UPDATE";

  // FOR SHARE and nothing weaker: FOR KEY SHARE lets an opt-out pass (docs/adr/0004).
  private static final String LOCK_FOR_SHARE =
      COLUMNS + "WHERE alerts.owner = ANY ($1) ORDER BY alerts.owner FOR SHARE";

  private static final String MAKE_MISSING =
      """
      INSERT INTO notification_alerts (owner, push, categories_off, default_off, in_app_off,
        default_in_app_off)
      SELECT wanted.owner, $2, $3, $3, $4, $4 FROM unnest($1::text[]) AS wanted (owner)
      ORDER BY wanted.owner
      ON CONFLICT (owner) DO NOTHING
      """;

  private static final String SAVE =
      """
      UPDATE notification_alerts
      SET push = $2, categories_off = $3, quiet_from = $4, quiet_to = $5, version = $6,
        in_app_off = $7, changed_at = $8
      WHERE notification_alerts.owner = $1
      """;

  private static final String REMEMBER =
      """
      INSERT INTO notification_alerts_history (owner, version, changed_at, source, was, became)
      VALUES ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb)
      """;

  // The newest 1,000 are kept.
  private static final String FORGET =
      """
      DELETE FROM notification_alerts_history
      WHERE notification_alerts_history.owner = $1 AND notification_alerts_history.version <= $2 - 1000
      """;

  private static final String CHANGED_AT =
      """
      SELECT history.changed_at FROM notification_alerts_history AS history
      WHERE history.owner = $1 AND history.version = $2
      """;

  private static final String HISTORY =
      """
      SELECT history.source, history.was::text, history.became::text, history.changed_at
      FROM notification_alerts_history AS history
      WHERE history.owner = $1 AND ($2::integer IS NULL OR history.version %s $2)
      ORDER BY history.version %s
      LIMIT $3
      """;

  private static final String COUNT_HISTORY =
      Pages.count("FROM notification_alerts_history AS history WHERE history.owner = $1");

  private final Database database;
  private final CategoryRules rules;

  PostgresAlerts(Database database, CategoryRules rules) {
    this.database = database;
    this.rules = rules;
  }

  @Override
  public Uni<NotificationAlerts> find(String owner) {
    return database
        .rows(FIND, PostgresAlerts::alerts, owner)
        .map(rows -> rows.isEmpty() ? rules.initial() : rows.get(0));
  }

  @Override
  public Uni<NotificationAlerts> lockForChange(String owner) {
    return makeMissing(List.of(owner))
        .chain(() -> database.rows(LOCK_FOR_CHANGE, PostgresAlerts::alerts, owner))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> save(String owner, AlertsChange change) {
    NotificationAlerts alerts = change.became();
    return database
        .update(
            SAVE,
            owner,
            alerts.push(),
            names(alerts.off()),
            time(alerts, QuietHours::from),
            time(alerts, QuietHours::to),
            alerts.version(),
            names(alerts.inAppOff()),
            change.at().atOffset(ZoneOffset.UTC))
        .chain(
            () ->
                database.update(
                    REMEMBER,
                    owner,
                    alerts.version(),
                    change.at().atOffset(ZoneOffset.UTC),
                    change.source().name(),
                    AlertsJson.write(change.was()),
                    AlertsJson.write(alerts)))
        .chain(() -> database.update(FORGET, owner, alerts.version()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Instant>> changedAt(String owner, int version) {
    return database
        .rows(CHANGED_AT, row -> row.instant(0), owner, version)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Page<AlertsChange>> history(String owner, PageRequest<Integer> request) {
    return database
        .rows(
            Pages.ordered(HISTORY, request.descending()),
            row ->
                new AlertsChange(
                    AlertsChange.Source.valueOf(row.text(0)),
                    AlertsJson.read(row.text(1)),
                    AlertsJson.read(row.text(2)),
                    row.instant(3)),
            owner,
            request.after().orElse(null),
            (long) request.limitAndOne())
        .chain(
            found ->
                Pages.of(
                    found,
                    request,
                    () -> database.rows(COUNT_HISTORY, row -> row.number(0), owner)));
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
    NotificationAlerts initial = rules.initial();
    return database.update(
        MAKE_MISSING,
        owners.toArray(String[]::new),
        initial.push(),
        names(initial.off()),
        names(initial.inAppOff()));
  }

  private static String[] names(Set<Category> categories) {
    return categories.stream().map(Category::name).sorted().toArray(String[]::new);
  }

  private static Set<Category> categories(List<String> names) {
    return names.stream().map(Category::valueOf).collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable LocalTime time(
      NotificationAlerts alerts, Function<QuietHours, LocalTime> end) {
    return alerts.quietHours().map(end).orElse(null);
  }

  private static NotificationAlerts alerts(Row row) {
    Optional<QuietHours> quiet =
        row.optionalTime(3)
            .flatMap(from -> row.optionalTime(4).map(to -> new QuietHours(from, to)));
    return new NotificationAlerts(
        row.flag(1),
        categories(row.texts(2)),
        categories(row.texts(6)),
        quiet,
        (int) row.number(5));
  }
}
