package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Accounts;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.AlertsOwner;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import io.vertx.core.buffer.Buffer;
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
  private final Database database;
  private final CategoryRules rules;

  PostgresAlerts(Database database, CategoryRules rules) {
    this.database = database;
    this.rules = rules;
  }

  @Override
  public Uni<Optional<NotificationAlerts>> find(AlertsOwner owner) {
    Wanted wanted = Wanted.of(owner);
    return database
        .rowsAlone(wanted.find(), this::found, wanted.id(), wanted.index())
        .map(
            rows ->
                rows.isEmpty()
                    ? nobodys(owner)
                    : Optional.of(rows.get(0).alerts().orElseGet(rules::initial)));
  }

  /** A user without an account has changed nothing yet; a device that is not found is not one. */
  private Optional<NotificationAlerts> nobodys(AlertsOwner owner) {
    return owner instanceof AlertsOwner.OfDevice ? Optional.empty() : Optional.of(rules.initial());
  }

  @Override
  public Uni<Optional<Locked>> lockForChange(AlertsOwner owner) {
    Wanted wanted = Wanted.of(owner);
    return database
        .rows(wanted.lock(), this::found, wanted.id(), wanted.index())
        .chain(
            rows -> {
              if (rows.isEmpty()) {
                return owner instanceof AlertsOwner.OfAccount user
                    ? makeAccount(user.subject(), wanted).map(Optional::of)
                    : Uni.createFrom().item(Optional.empty());
              }
              return locked(rows.get(0)).map(Optional::of);
            });
  }

  private Uni<Locked> locked(Found found) {
    return found
        .alerts()
        .map(alerts -> Uni.createFrom().item(new Locked(found.owner(), alerts)))
        .orElseGet(() -> make(found.owner()));
  }

  /**
   * While one version of the keys lives, the unique index tells who was faster; while two do, the
   * account may have been made under the other one.
   */
  private Uni<Locked> makeAccount(Accounts.Subject user, Wanted wanted) {
    return user.index().others().isEmpty()
        ? makeAccount(user)
        : database
            .rows(KeyedHashes.LOCK, row -> row, KeyedHashes.of(user.index().all()))
            .chain(() -> database.rows(wanted.lock(), this::found, wanted.id(), wanted.index()))
            .chain(rows -> rows.isEmpty() ? makeAccount(user) : locked(rows.get(0)));
  }

  private Uni<Locked> make(String owner) {
    NotificationAlerts initial = rules.initial();
    return database
        .rows(
            AlertsSql.MAKE_AND_LOCK,
            PostgresAlerts::locked,
            initial.push(),
            names(initial.off()),
            names(initial.inAppOff()),
            owner)
        .map(rows -> rows.get(0));
  }

  private Uni<Locked> makeAccount(Accounts.Subject user) {
    NotificationAlerts initial = rules.initial();
    AccountStore.Fresh account = user.fresh().get();
    return database
        .rows(
            AlertsSql.MAKE_ACCOUNT_AND_LOCK,
            PostgresAlerts::locked,
            initial.push(),
            names(initial.off()),
            names(initial.inAppOff()),
            account.id(),
            Buffer.buffer(user.index().written()),
            Buffer.buffer(account.subject().bytes()))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> save(String owner, AlertsChange change) {
    NotificationAlerts alerts = change.became();
    return database
        .update(
            AlertsSql.SAVE,
            owner,
            alerts.push(),
            names(alerts.off()),
            time(alerts, QuietHours::from),
            time(alerts, QuietHours::to),
            alerts.version(),
            names(alerts.inAppOff()),
            change.at().atOffset(ZoneOffset.UTC),
            change.source().name(),
            AlertsJson.write(change.was()),
            AlertsJson.write(alerts),
            alerts.receipts())
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Instant>> changedAt(String owner, int version) {
    return database
        .rows(AlertsSql.CHANGED_AT, row -> row.instant("changed_at"), owner, version)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Page<AlertsChange>> history(String owner, PageRequest<Integer> request) {
    return database
        .rows(
            Pages.ordered(AlertsSql.HISTORY, request.descending()),
            row ->
                new AlertsChange(
                    AlertsChange.Source.valueOf(row.text("source")),
                    AlertsJson.read(row.text("was")),
                    AlertsJson.read(row.text("became")),
                    row.instant("changed_at")),
            owner,
            request.after().orElse(null),
            (long) request.limitAndOne())
        .chain(
            found ->
                Pages.of(
                    found,
                    request,
                    () -> database.rows(AlertsSql.COUNT_HISTORY, Pages::counted, owner)));
  }

  @Override
  public Uni<Map<String, NotificationAlerts>> lockForShare(List<String> owners) {
    return lockAll(AlertsSql.LOCK_FOR_SHARE, owners);
  }

  @Override
  public Uni<Map<String, NotificationAlerts>> lockForChange(List<String> owners) {
    return lockAll(AlertsSql.LOCK_ALL_FOR_UPDATE, owners);
  }

  private Uni<Map<String, NotificationAlerts>> lockAll(String sql, List<String> owners) {
    return lock(sql, owners)
        .chain(
            found ->
                found.size() == owners.stream().distinct().count()
                    ? Uni.createFrom().item(found)
                    : makeMissing(owners).chain(() -> lock(sql, owners)));
  }

  private Uni<Map<String, NotificationAlerts>> lock(String sql, List<String> owners) {
    return database
        .rows(
            sql,
            row -> Map.entry(row.text("owner"), alerts(row)),
            (Object) owners.toArray(String[]::new))
        .map(
            rows ->
                rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private Uni<Integer> makeMissing(List<String> owners) {
    NotificationAlerts initial = rules.initial();
    return database.update(
        AlertsSql.MAKE_MISSING,
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

  private static Locked locked(Row row) {
    return new Locked(row.text("owner"), alerts(row));
  }

  private Found found(Row row) {
    return new Found(row.text("owner"), row.optionalNumber("version").map(version -> alerts(row)));
  }

  private static NotificationAlerts alerts(Row row) {
    Optional<QuietHours> quiet =
        row.optionalTime("quiet_from")
            .flatMap(from -> row.optionalTime("quiet_to").map(to -> new QuietHours(from, to)));
    return new NotificationAlerts(
        row.flag("push"),
        categories(row.texts("categories_off")),
        categories(row.texts("in_app_off")),
        quiet,
        row.flag("delivery_receipts"),
        (int) row.number("version"));
  }

  /**
   * An owner that was found.
   *
   * @param alerts empty when it has none yet
   */
  private record Found(String owner, Optional<NotificationAlerts> alerts) {}

  /** The statements that find an owner, and by what. */
  private record Wanted(String find, String lock, @Nullable String id, @Nullable Object index) {
    static Wanted of(AlertsOwner owner) {
      if (owner instanceof AlertsOwner.OfDevice device) {
        return new Wanted(
            AlertsSql.FIND_OF_DEVICE,
            AlertsSql.LOCK_OF_DEVICE,
            device.key().id(),
            KeyedHashes.of(device.key().secret().all()));
      }
      if (owner instanceof AlertsOwner.OfAccount user) {
        return new Wanted(
            AlertsSql.FIND_OF_ACCOUNT,
            AlertsSql.LOCK_OF_ACCOUNT,
            null,
            KeyedHashes.of(user.subject().index().all()));
      }
      if (owner instanceof AlertsOwner.Known known) {
        return new Wanted(AlertsSql.FIND, AlertsSql.LOCK_FOR_CHANGE, known.id(), null);
      }
      throw new ForgottenCase(owner);
    }
  }
}
