package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Device;
import io.towncrier.devices.KeptOptOuts;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Indexes;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Accounts and their links to devices in PostgreSQL. */
@ApplicationScoped
class PostgresAccounts implements AccountStore {
  private final Database database;
  private final KeptOptOuts optOuts;

  PostgresAccounts(Database database, KeptOptOuts optOuts) {
    this.database = database;
    this.optOuts = optOuts;
  }

  @Override
  public Uni<Optional<String>> find(Indexes index) {
    return database
        .rows(AccountSql.FIND, row -> row.text("id"), KeyedHashes.of(index.all()))
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<String> findOrCreate(Indexes index, Fresh fresh) {
    return hold(index)
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found)
                    : lock(index).chain(() -> hold(index)))
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found.get())
                    : create(index, fresh).chain(() -> hold(index)).map(Optional::orElseThrow));
  }

  /** A cancellation waits until this transaction ends. */
  private Uni<Optional<String>> hold(Indexes index) {
    return database
        .rows(AccountSql.HOLD, row -> row.text("id"), KeyedHashes.of(index.all()))
        .map(found -> found.stream().findFirst());
  }

  /** Two who make an account meet here; while one version lives, the unique index is enough. */
  private Uni<Void> lock(Indexes index) {
    return index.others().isEmpty()
        ? Uni.createFrom().voidItem()
        : database
            .rows(KeyedHashes.LOCK, row -> row, KeyedHashes.of(index.all()))
            .replaceWithVoid();
  }

  private Uni<Integer> create(Indexes index, Fresh fresh) {
    return database.update(
        AccountSql.CREATE,
        fresh.id(),
        Buffer.buffer(index.written()),
        Buffer.buffer(fresh.subject().bytes()));
  }

  @Override
  public Uni<Boolean> link(String deviceId, String account, LocalDate today) {
    return database
        .rows(AccountSql.LOCK_DEVICE, row -> row.text("id"), deviceId)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Boolean.FALSE)
                    : database
                        .update(AccountSql.LINK, deviceId, account, today)
                        .chain(
                            made ->
                                made == 0
                                    ? Uni.createFrom().item(0)
                                    : database.update(AccountSql.CHANGED, deviceId))
                        .replaceWith(Boolean.TRUE));
  }

  @Override
  public Uni<Boolean> unlink(String deviceId, String account) {
    return database
        .update(AccountSql.LOCK_AND_CLEAR, deviceId, account)
        .call(
            changed ->
                changed == 1
                    ? optOuts.keep(account, List.of(deviceId))
                    : Uni.createFrom().voidItem())
        .call(() -> database.update(AccountSql.UNLINK, deviceId, account))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<List<Linked>> devicesOf(String account, int limit) {
    return database.rows(AccountSql.DEVICES, PostgresAccounts::linked, account, (long) limit);
  }

  @Override
  public Uni<Set<String>> sharedOf(String account) {
    return database
        .rowsAlone(AccountSql.SHARED, row -> row.text("device_id"), account)
        .map(Set::copyOf);
  }

  @Override
  public Uni<Map<String, OtherEcv>> otherEcvs(String account) {
    return database
        .rowsAlone(
            AccountSql.OTHER_ECVS,
            row ->
                Map.entry(
                    row.text("device_id"),
                    new OtherEcv(row.instant("last_at"), row.number("times"))),
            account)
        .map(
            rows ->
                rows.stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public Uni<Optional<Instant>> since(String account) {
    return database
        .rowsAlone(AccountSql.SINCE, row -> row.instant("created_at"), account)
        .map(found -> found.stream().findFirst());
  }

  private static Linked linked(Row row) {
    return new Linked(
        row.text("id"),
        Device.Kind.valueOf(row.text("kind")),
        row.text("product_id"),
        row.text("version"),
        row.flag("has_address"),
        row.optionalDate("last_seen_on").orElseThrow(),
        row.optionalDate("linked_on"),
        row.optionalText("product_name"));
  }
}
