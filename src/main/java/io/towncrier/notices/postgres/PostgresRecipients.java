package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.Device;
import io.towncrier.notices.DeliveryTraces;
import io.towncrier.notices.Recipients;
import io.towncrier.notices.audience.Member;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.schedule.Place;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.NotificationAlerts;
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
        row -> new Place(row.text(0), row.text(1)),
        of.with());
  }

  @Override
  public Uni<Optional<TextVariables>> sample(Selection selection) {
    RecipientSql of = RecipientSql.of(selection);
    return database
        .rows(
            filled(NoticeSql.SAMPLE, of, of.some(), 0),
            row -> new TextVariables(row.text(0), row.text(1)),
            of.with())
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<List<Group>> groups(Selection selection, List<Place> unplaced, LocalDate unseenSince) {
    RecipientSql of = RecipientSql.of(selection);
    return database.rows(
        filled(NoticeSql.GROUPS, of, of.each(), 4),
        row ->
            new Group(
                row.text(0),
                row.text(1),
                row.flag(2),
                List.of(alerts(row, 3), alerts(row, 5)),
                row.flag(7),
                row.flag(8),
                row.number(9)),
        of.with(
            initialOff(),
            texts(unplaced, Place::zone),
            texts(unplaced, Place::country),
            unseenSince));
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
        .rows(
            filled(NoticeSql.IS_RECIPIENT, of, of.some(), 1),
            row -> row.number(0),
            of.with(deviceId))
        .map(rows -> !rows.isEmpty());
  }

  @Override
  public Uni<Optional<Trace>> delivery(String notice, String deviceId) {
    return database
        .rows(
            NoticeSql.TRACE,
            row ->
                new Trace(
                    row.text(0),
                    row.optionalText(1),
                    (int) row.number(2),
                    row.instant(3),
                    row.optionalInstant(4),
                    row.optionalInstant(5)),
            notice,
            deviceId)
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
            row.text(5),
            Device.Kind.valueOf(row.text(6)),
            row.text(7),
            row.text(8),
            row.text(9),
            row.text(10),
            row.text(11),
            row.texts(12),
            row.optionalDate(13).orElseThrow(),
            row.flag(14)),
        row.flag(4),
        List.of(alerts(row, 0), alerts(row, 2)),
        row.instant(15));
  }

  private static NotificationAlerts alerts(Row row, int column) {
    return new NotificationAlerts(
        row.flag(column),
        row.texts(column + 1).stream().map(Category::valueOf).collect(Collectors.toSet()),
        Optional.empty(),
        0);
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
