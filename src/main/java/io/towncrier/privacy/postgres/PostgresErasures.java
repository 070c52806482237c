package io.towncrier.privacy.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.rights.Deadline;
import io.towncrier.privacy.rights.ErasureStore;
import io.towncrier.privacy.rights.Ground;
import io.towncrier.privacy.rights.Receipt;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Cancelled accounts in PostgreSQL. */
@ApplicationScoped
class PostgresErasures implements ErasureStore {
  private final Database database;

  PostgresErasures(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> add(Cancelled cancelled) {
    return database
        .update(
            ErasureSql.ADD,
            cancelled.id(),
            cancelled.account().id(),
            at(cancelled.account().since()),
            Buffer.buffer(cancelled.subjectIndex()),
            Buffer.buffer(cancelled.account().subject().bytes()),
            Buffer.buffer(cancelled.receiptHash()),
            Buffer.buffer(cancelled.receipt().bytes()),
            cancelled.ground().code(),
            at(cancelled.at()),
            at(cancelled.deadline().from()),
            at(cancelled.deadline().by()),
            cancelled.waitsFor().toArray(String[]::new))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Restricted>> of(Indexes subjectIndex) {
    return database.rows(
        ErasureSql.OF,
        row ->
            new Restricted(
                row.text("id"),
                new Sealed(row.optionalBytes("receipt_sealed").orElseThrow()),
                row.texts("waits_for"),
                receipt(row)),
        KeyedHashes.of(subjectIndex.all()));
  }

  @Override
  public Uni<List<String>> hold(Indexes subjectIndex) {
    return database.rows(
        ErasureSql.HOLD, row -> row.text("account_id"), KeyedHashes.of(subjectIndex.all()));
  }

  @Override
  public Uni<Void> hasten(Indexes subjectIndex, Deadline deadline) {
    return database
        .update(
            ErasureSql.HASTEN,
            KeyedHashes.of(subjectIndex.all()),
            Ground.MINOR.code(),
            at(deadline.from()),
            at(deadline.by()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> acknowledge(String id) {
    return database.update(ErasureSql.ACKNOWLEDGE, id).replaceWithVoid();
  }

  @Override
  public Uni<Optional<Receipt>> receipt(byte[] hash) {
    return first(
        database.rowsAlone(ErasureSql.BY_RECEIPT, PostgresErasures::receipt, Buffer.buffer(hash)));
  }

  @Override
  public Uni<List<String>> due(Instant now, int limit) {
    return database.rows(ErasureSql.DUE, row -> row.text("id"), at(now), (long) limit);
  }

  @Override
  public Uni<Optional<String>> take(String id, Instant now) {
    return first(database.rows(ErasureSql.TAKE, row -> row.text("account_id"), id, at(now)));
  }

  @Override
  public Uni<Void> erased(String id, Instant now) {
    return database.update(ErasureSql.ERASED, id, at(now)).replaceWithVoid();
  }

  @Override
  public Uni<Long> overdue(Instant now) {
    return database
        .rows(ErasureSql.OVERDUE, row -> row.number("overdue"), at(now))
        .map(counted -> counted.get(0));
  }

  @Override
  public Uni<Integer> forget(Instant erasedBefore, int limit) {
    return database.update(ErasureSql.FORGET, at(erasedBefore), (long) limit);
  }

  private static <T> Uni<Optional<T>> first(Uni<List<T>> rows) {
    return rows.map(found -> found.stream().findFirst());
  }

  private static Receipt receipt(Row row) {
    return new Receipt(
        Ground.of(row.text("ground")).orElseThrow(),
        row.instant("requested_at"),
        row.instant("erase_by"),
        row.optionalInstant("erased_at"));
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
