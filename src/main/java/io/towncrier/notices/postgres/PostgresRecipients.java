package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.UnreadNotices;
import io.towncrier.notices.Audience;
import io.towncrier.notices.Inbox;
import io.towncrier.notices.NoticeKind;
import io.towncrier.notices.Recipients;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LanguageTag;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.NotificationAlerts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Audiences and inboxes in PostgreSQL. */
@ApplicationScoped
class PostgresRecipients implements Recipients, Inbox, UnreadNotices {
  private final Database database;
  private final CategoryRules rules;

  PostgresRecipients(Database database, CategoryRules rules) {
    this.database = database;
    this.rules = rules;
  }

  @Override
  public Uni<Integer> plan(String notice, Audience audience, Instant dueAt) {
    return database.update(
        NoticeSql.PLAN,
        products(audience),
        countries(audience),
        languages(audience),
        notice,
        dueAt.atOffset(ZoneOffset.UTC));
  }

  @Override
  public Uni<List<Group>> groups(Audience audience) {
    return database.rows(
        NoticeSql.GROUPS,
        PostgresRecipients::group,
        products(audience),
        countries(audience),
        languages(audience),
        names(rules.initial().off()));
  }

  @Override
  public Uni<List<Entry>> entries(String deviceId, int limit) {
    return database.rows(
        NoticeSql.INBOX,
        row ->
            new Entry(
                row.text(0),
                NoticeKind.valueOf(row.text(1)),
                NoticeJson.texts(row.text(2)),
                new LanguageTag(row.text(3)),
                row.instant(4),
                row.optionalInstant(5),
                new LanguageTag(row.text(6))),
        deviceId,
        names(rules.essential()),
        names(rules.initial().inAppOff()),
        (long) limit);
  }

  @Override
  public Uni<Boolean> markRead(String deviceId, String notice, Instant now) {
    return database
        .update(NoticeSql.MARK_READ, deviceId, notice, now.atOffset(ZoneOffset.UTC))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<Long> count(String deviceId) {
    return database
        .rows(
            NoticeSql.UNREAD,
            row -> row.number(0),
            deviceId,
            names(rules.essential()),
            names(rules.initial().inAppOff()))
        .map(rows -> rows.get(0));
  }

  private static Group group(Row row) {
    return new Group(
        row.text(0),
        row.text(1),
        row.flag(2),
        List.of(alerts(row, 3), alerts(row, 5)),
        row.number(7));
  }

  private static NotificationAlerts alerts(Row row, int column) {
    return new NotificationAlerts(
        row.flag(column),
        row.texts(column + 1).stream().map(Category::valueOf).collect(Collectors.toSet()),
        Optional.empty(),
        0);
  }

  private static String[] names(Set<Category> categories) {
    return categories.stream().map(Category::name).toArray(String[]::new);
  }

  private static String[] products(Audience audience) {
    return audience.products().toArray(String[]::new);
  }

  private static String[] countries(Audience audience) {
    return audience.countries().stream().map(CountryCode::value).toArray(String[]::new);
  }

  private static String[] languages(Audience audience) {
    return audience.languages().stream().map(LanguageTag::value).toArray(String[]::new);
  }
}
