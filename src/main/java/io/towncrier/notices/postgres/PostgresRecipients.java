package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.Device;
import io.towncrier.notices.DeliveryTraces;
import io.towncrier.notices.Recipients;
import io.towncrier.notices.audience.Member;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.pacing.Backlog;
import io.towncrier.notices.schedule.DueTimes;
import io.towncrier.notices.schedule.Place;
import io.towncrier.notices.schedule.Slot;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.NotificationAlerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Audiences in PostgreSQL. */
@ApplicationScoped
class PostgresRecipients implements Recipients, DeliveryTraces {
  /** Steps into which a slot is divided: 20 bits of the hash. */
  private static final double STEPS = 1 << 20;

  private final Database database;
  private final CategoryRules rules;
  private final Backlog backlog;

  PostgresRecipients(Database database, CategoryRules rules, Backlog backlog) {
    this.database = database;
    this.rules = rules;
    this.backlog = backlog;
  }

  @Override
  public Uni<Integer> plan(String notice, Selection selection, DueTimes due, Instant now) {
    RecipientSql of = RecipientSql.of(selection);
    // A device is early in one notice and late in the next.
    long seed = notice.hashCode();
    if (due instanceof DueTimes.Everywhere everywhere) {
      OffsetDateTime from = utc(everywhere.slot().from());
      return everywhere.slot().over().isZero()
          ? database.update(filled(NoticeSql.PLAN_AT_ONCE, of, of.some(), 2), of.with(notice, from))
          : database
              .update(
                  filled(NoticeSql.PLAN, of, of.some(), 4),
                  of.with(notice, from, seed, step(everywhere.slot())))
              .call(planned -> keepPace(notice, everywhere.slot().over(), planned));
    }
    List<Map.Entry<Place, Optional<Slot>>> slots =
        List.copyOf(((DueTimes.ByPlace) due).slots().entrySet());
    return database.update(
        filled(NoticeSql.PLAN_BY_PLACE, of, of.some(), 7),
        of.with(
            notice,
            utc(now),
            seed,
            texts(slots, slot -> slot.getKey().zone()),
            texts(slots, slot -> slot.getKey().country()),
            slots.stream()
                .map(slot -> slot.getValue().map(s -> utc(s.from())).orElse(null))
                .toArray(OffsetDateTime[]::new),
            slots.stream()
                .map(slot -> slot.getValue().map(PostgresRecipients::step).orElse(0.0))
                .toArray(Double[]::new)));
  }

  private Uni<Void> keepPace(String notice, Duration over, int planned) {
    return planned == 0
        ? Uni.createFrom().voidItem()
        : backlog.keep(notice, over.dividedBy(planned));
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
        List.of(alerts(row, 0), alerts(row, 2)));
  }

  private static NotificationAlerts alerts(Row row, int column) {
    return new NotificationAlerts(
        row.flag(column),
        row.texts(column + 1).stream().map(Category::valueOf).collect(Collectors.toSet()),
        Optional.empty(),
        0);
  }

  private static double step(Slot slot) {
    return slot.over().toMillis() / 1000.0 / STEPS;
  }

  private static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
