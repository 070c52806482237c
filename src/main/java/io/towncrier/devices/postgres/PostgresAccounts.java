package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Device;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Accounts and their links to devices in PostgreSQL. */
@ApplicationScoped
class PostgresAccounts implements AccountStore {
  private final Database database;

  PostgresAccounts(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<String>> find(byte[] index) {
    return database
        .rows(AccountSql.FIND, row -> row.text(0), Buffer.buffer(index))
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<String> findOrCreate(byte[] index, Fresh fresh) {
    Buffer key = Buffer.buffer(index);
    Uni<List<String>> known = database.rows(AccountSql.FIND, row -> row.text(0), key);
    return known.chain(
        found ->
            found.isEmpty()
                ? database
                    .update(
                        AccountSql.CREATE, fresh.id(), key, Buffer.buffer(fresh.subject().bytes()))
                    .chain(() -> known)
                    .map(rows -> rows.get(0))
                : Uni.createFrom().item(found.get(0)));
  }

  @Override
  public Uni<Boolean> link(String deviceId, String account, LocalDate today) {
    return database
        .rows(AccountSql.LOCK_DEVICE, row -> row.text(0), deviceId)
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
        .call(() -> database.update(AccountSql.UNLINK, deviceId, account))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<List<Linked>> devicesOf(String account, int limit) {
    return database.rows(AccountSql.DEVICES, PostgresAccounts::linked, account, (long) limit);
  }

  private static Linked linked(Row row) {
    return new Linked(
        row.text(0),
        Device.Kind.valueOf(row.text(1)),
        row.text(2),
        row.text(3),
        row.flag(4),
        row.optionalDate(5).orElseThrow(),
        row.optionalDate(6));
  }
}
