package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.UnreadNotices;
import io.towncrier.notices.Inbox;
import io.towncrier.notices.rollout.AlreadyInstalled;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.CategoryRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

/** Inboxes in PostgreSQL. */
@ApplicationScoped
class PostgresInbox implements Inbox, UnreadNotices {
  private final Database database;
  private final CategoryRules rules;
  private final AlreadyInstalled already;

  PostgresInbox(Database database, CategoryRules rules, AlreadyInstalled already) {
    this.database = database;
    this.rules = rules;
    this.already = already;
  }

  @Override
  public Uni<Page<Entry>> entries(String deviceId, PageRequest<String> request) {
    return installed(deviceId).chain(installed -> page(deviceId, installed, request));
  }

  private Uni<Page<Entry>> page(String deviceId, String[] installed, PageRequest<String> request) {
    String[] essential = names(rules.essential());
    String[] initiallyOff = names(rules.initial().inAppOff());
    return database
        .rows(
            Pages.ordered(InboxSql.ENTRIES, request.descending()),
            PostgresInbox::entry,
            deviceId,
            essential,
            initiallyOff,
            installed,
            request.after().orElse(null),
            (long) request.limitAndOne())
        .chain(
            found ->
                Pages.of(
                    found,
                    request,
                    () ->
                        database.rows(
                            InboxSql.COUNT,
                            row -> row.number(0),
                            deviceId,
                            essential,
                            initiallyOff,
                            installed)));
  }

  /** Notices of updates that are no news any more where they belong. */
  private Uni<String[]> installed(String deviceId) {
    return database
        .rows(
            InboxSql.TOLD,
            row -> new AlreadyInstalled.News(row.text(0), row.text(1), row.text(2), row.text(3)),
            deviceId)
        .chain(
            told ->
                told.isEmpty()
                    ? Uni.createFrom().item(new String[0])
                    : already
                        .now()
                        .map(
                            isInstalled ->
                                told.stream()
                                    .filter(isInstalled)
                                    .map(AlreadyInstalled.News::notice)
                                    .toArray(String[]::new)));
  }

  @Override
  public Uni<Boolean> markRead(String deviceId, String notice, Instant now) {
    // A transaction that is repeated: results of sends take the same rows in another order.
    return database
        .inTransaction(
            () ->
                database.update(InboxSql.MARK_READ, deviceId, notice, now.atOffset(ZoneOffset.UTC)))
        .map(changed -> changed > 0);
  }

  @Override
  public Uni<Long> count(String deviceId) {
    return installed(deviceId)
        .chain(
            installed ->
                database.rows(
                    InboxSql.UNREAD,
                    row -> row.number(0),
                    deviceId,
                    names(rules.essential()),
                    names(rules.initial().inAppOff()),
                    installed))
        .map(rows -> rows.get(0));
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.text(0),
        NoticeKind.valueOf(row.text(1)),
        new NoticeText(
            NoticeJson.texts(row.text(2)),
            new LanguageTag(row.text(3)),
            NoticeJson.details(row.optionalText(4).orElse(null))),
        row.instant(5),
        row.optionalInstant(6),
        row.optionalText(7).map(LanguageTag::new),
        new TextVariables(row.text(8), row.text(9)));
  }

  private static String[] names(Set<Category> categories) {
    return categories.stream().map(Category::name).toArray(String[]::new);
  }
}
