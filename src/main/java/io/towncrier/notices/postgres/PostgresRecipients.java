package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.TextVariables;
import io.towncrier.delivery.recall.RecallState;
import io.towncrier.delivery.vendors.MessageClass;
import io.towncrier.delivery.vendors.VendorRules;
import io.towncrier.devices.Device;
import io.towncrier.devices.PushAddress;
import io.towncrier.notices.audience.Member;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.explain.DeliveryTraces;
import io.towncrier.notices.schedule.Place;
import io.towncrier.notices.selection.Recipients;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.reports.ReportKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Audiences in PostgreSQL. */
@ApplicationScoped
class PostgresRecipients implements Recipients, DeliveryTraces {
  private static final String[] MARKETING =
      MessageClass.MARKETING.categories().stream().map(Category::code).toArray(String[]::new);

  private final Database database;
  private final CategoryRules rules;

  PostgresRecipients(Database database, CategoryRules rules) {
    this.database = database;
    this.rules = rules;
  }

  @Override
  public Uni<List<Place>> places(Selection selection) {
    RecipientSql of = RecipientSql.of(selection);
    return database.rows(
        filled(NoticeSql.PLACES, of, of.some(), 0),
        row -> new Place(row.text("time_zone"), row.text("country")),
        of.with());
  }

  @Override
  public Uni<Optional<TextVariables>> sample(Selection selection) {
    RecipientSql of = RecipientSql.of(selection);
    return database
        .rows(
            filled(NoticeSql.SAMPLE, of, of.some(), 0),
            row -> new TextVariables(row.text("product_name"), row.text("version")),
            of.with())
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<List<Group>> groups(Selection selection, List<Place> unplaced, LocalDate unseenSince) {
    return groups(RecipientSql.of(selection), unplaced, unseenSince);
  }

  @Override
  public Uni<List<Group>> groups(
      Selection selection, ReportKind.IdRange range, List<Place> unplaced, LocalDate unseenSince) {
    return groups(RecipientSql.of(selection).within(range), unplaced, unseenSince);
  }

  private Uni<List<Group>> groups(RecipientSql of, List<Place> unplaced, LocalDate unseenSince) {
    return database.rows(
        filled(NoticeSql.GROUPS, of, of.each(), 5),
        row ->
            new Group(
                row.text("country"),
                row.text("language"),
                row.flag("reachable"),
                alerts(row),
                row.flag("placed"),
                row.flag("unseen"),
                row.flag("through_vendors"),
                row.number("devices")),
        of.with(
            initialOff(),
            texts(unplaced, Place::zone),
            texts(unplaced, Place::country),
            unseenSince,
            PushAddress.Kind.CID.provider()));
  }

  @Override
  public Uni<Optional<Known>> device(String deviceId) {
    return database
        .rows(NoticeSql.DEVICE, PostgresRecipients::known, deviceId, initialOff())
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Boolean> isRecipient(Selection selection, String deviceId) {
    RecipientSql of = RecipientSql.of(selection);
    return database
        .rows(filled(NoticeSql.IS_RECIPIENT, of, of.some(), 1), row -> true, of.with(deviceId))
        .map(rows -> !rows.isEmpty());
  }

  private static Recalled recalled(String state, Row row) {
    return new Recalled(
        RecallState.valueOf(state), row.text("recall_because"), row.optionalText("recall_answer"));
  }

  @Override
  public Uni<Optional<Trace>> delivery(String notice, String deviceId) {
    return database
        .rows(
            NoticeSql.TRACE,
            row ->
                new Trace(
                    row.text("state"),
                    row.optionalText("reason"),
                    (int) row.number("attempts"),
                    row.instant("due_at"),
                    row.optionalInstant("finished_at"),
                    row.optionalInstant("read_at"),
                    row.optionalText("replaced_by"),
                    row.optionalText("recall").map(state -> recalled(state, row)),
                    LadderRows.steps(row),
                    new Carriage(
                        row.text("provider"),
                        row.texts("passed"),
                        Category.parse(row.text("category")).orElseThrow(),
                        row.instant("expires_at"),
                        (int) row.number("earlier_that_day"))),
            notice,
            deviceId,
            MARKETING,
            VendorRules.ZONE.getId())
        .map(rows -> rows.stream().findFirst());
  }

  /** The statement with the recipients, and so many parameters behind theirs. */
  private static String filled(
      String statement, RecipientSql of, String recipients, int parameters) {
    Object[] values = new Object[parameters + 1];
    values[0] = recipients;
    for (int i = 1; i <= parameters; i++) {
      values[i] = of.parameter(i);
    }
    // Over the whole fleet.
    return Database.LONG + statement.formatted(values);
  }

  private String[] initialOff() {
    return rules.initial().off().stream().map(Category::name).toArray(String[]::new);
  }

  private static Known known(Row row) {
    return new Known(
        new Member(
            row.text("id"),
            Device.Kind.valueOf(row.text("kind")),
            row.text("product_id"),
            row.text("version"),
            row.text("country"),
            row.text("language"),
            row.text("channel"),
            row.texts("accounts"),
            row.optionalDate("last_seen_on").orElseThrow(),
            row.flag("revoked")),
        row.flag("reachable"),
        alerts(row),
        row.instant("registered_at"));
  }

  /** The alerts of the device itself, and what its accounts allow together. */
  private static List<NotificationAlerts> alerts(Row row) {
    return List.of(
        alerts(row.flag("own_push"), row.texts("own_categories_off")),
        alerts(row.flag("shared_push"), row.texts("shared_categories_off")));
  }

  private static NotificationAlerts alerts(boolean push, List<String> categoriesOff) {
    return new NotificationAlerts(
        push,
        categoriesOff.stream().map(Category::valueOf).collect(Collectors.toSet()),
        Optional.empty(),
        0);
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
