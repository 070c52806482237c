package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Accounts;
import io.towncrier.devices.DeviceKey;
import io.towncrier.devices.checks.CheckIns;
import io.towncrier.notices.Inbox;
import io.towncrier.notices.mine.MyNotices;
import io.towncrier.notices.planning.PlanForDevice;
import io.towncrier.notices.rollout.AlreadyInstalled;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.Secret;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Row;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.CategoryRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inboxes in PostgreSQL: one statement signs the device in and reads them. */
@ApplicationScoped
class PostgresInbox implements Inbox, CheckIns, MyNotices {
  private final Database database;
  private final AlreadyInstalled already;
  private final PlanForDevice plan;
  private final Accounts accounts;
  private final String[] essential;
  private final String[] initiallyOff;

  PostgresInbox(
      Database database,
      CategoryRules rules,
      AlreadyInstalled already,
      PlanForDevice plan,
      Accounts accounts) {
    this.database = database;
    this.already = already;
    this.plan = plan;
    this.accounts = accounts;
    this.essential = names(rules.essential());
    this.initiallyOff = names(rules.initial().inAppOff());
  }

  @Override
  public Uni<Optional<Page<Entry>>> entries(DeviceKey key, PageRequest<String> request) {
    return look(key, request)
        .chain(
            found ->
                found
                    .map(all -> page(all, request).map(Optional::of))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  /** Signs in and reads; empty when the secret is not the device's. */
  private Uni<Optional<List<InboxRows.Listed>>> look(DeviceKey key, PageRequest<String> request) {
    return planned(
            key,
            () ->
                rows(
                    InboxSql.entries(request.descending()),
                    key,
                    request.after().orElse(null),
                    (long) request.limitAndOne()))
        .map(
            rows ->
                rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(rows.stream().flatMap(InboxRows::listed).toList()));
  }

  private Uni<Page<Entry>> page(List<InboxRows.Listed> all, PageRequest<String> request) {
    return installed(all.stream().anyMatch(one -> one.news().isPresent()))
        .map(isInstalled -> InboxRows.page(all, isInstalled, request));
  }

  @Override
  public Uni<Optional<CheckIn>> signIn(DeviceKey key) {
    return planned(key, () -> rows(InboxSql.CHECK_IN, key))
        .map(
            rows ->
                rows.isEmpty() ? Optional.empty() : Optional.of(InboxRows.checkIn(key.id(), rows)));
  }

  @Override
  public Uni<Long> unread(CheckIn device, String version) {
    return installed(device.unread().stream().anyMatch(unread -> unread.update().isPresent()))
        .map(isInstalled -> InboxRows.news(device, version, isInstalled));
  }

  /**
   * Reads again where something may have been planned for the device with this look, or by the walk
   * in the meantime. While nothing is being planned the first statement is all.
   */
  private Uni<List<Row>> planned(DeviceKey key, Supplier<Uni<List<Row>>> read) {
    return read.get()
        .chain(
            rows ->
                rows.isEmpty() || !rows.get(0).flag("unplanned")
                    ? Uni.createFrom().item(rows)
                    : plan.run(key.id()).chain(planned -> read.get()));
  }

  private Uni<List<Row>> rows(String sql, DeviceKey key, @Nullable Object... more) {
    return database.rowsAlone(
        sql,
        row -> row,
        Stream.concat(
                Stream.of(key.id(), KeyedHashes.of(key.secret().all()), essential, initiallyOff),
                Stream.of(more))
            .toArray());
  }

  /** By the catalogue, which is read only when a notice is about an update. */
  private Uni<Predicate<AlreadyInstalled.News>> installed(boolean tells) {
    return tells ? already.now() : Uni.createFrom().item(news -> false);
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
  public Uni<Page<Entry>> entries(Secret subject, PageRequest<String> request) {
    return database
        .rowsAlone(
            MyNoticesSql.entries(request.descending()),
            row -> row,
            KeyedHashes.of(accounts.subject(subject).index().all()),
            request.after().orElse(null),
            essential,
            initiallyOff,
            (long) request.limitAndOne())
        .chain(rows -> page(rows.stream().flatMap(InboxRows::listed).toList(), request));
  }

  @Override
  public Uni<Boolean> markRead(Secret subject, String notice, Instant now) {
    return database
        .inTransaction(
            () ->
                database.update(
                    MyNoticesSql.MARK_READ,
                    KeyedHashes.of(accounts.subject(subject).index().all()),
                    notice,
                    now.atOffset(ZoneOffset.UTC)))
        .map(changed -> changed > 0);
  }

  private static String[] names(Set<Category> categories) {
    return categories.stream().map(Category::name).toArray(String[]::new);
  }
}
