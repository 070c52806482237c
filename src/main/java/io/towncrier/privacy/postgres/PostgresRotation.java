package io.towncrier.privacy.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.keys.KeyVersion;
import io.towncrier.privacy.keys.SealedForm;
import io.towncrier.privacy.rotation.Rotation;
import io.towncrier.privacy.rotation.RotationStore;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A rotation in its table, and what it moves. */
@ApplicationScoped
class PostgresRotation implements RotationStore {
  private final Database database;

  PostgresRotation(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Rotation>> find() {
    return database.rowsAlone(RotationSql.FIND, PostgresRotation::rotation).map(this::first);
  }

  @Override
  public Uni<Optional<Rotation>> lock() {
    return database.rows(RotationSql.LOCK, PostgresRotation::rotation).map(this::first);
  }

  private Optional<Rotation> first(List<Rotation> rows) {
    return rows.stream().findFirst();
  }

  @Override
  public Uni<Boolean> begin(KeyVersion coming, byte[] checkValue, Instant now) {
    return database
        .inTransaction(
            () ->
                database.update(
                    RotationSql.BEGIN,
                    coming.version(),
                    Buffer.buffer(coming.wrapped()),
                    coming.wrappedBy(),
                    Buffer.buffer(checkValue),
                    utc(now)))
        .map(begun -> begun == 1);
  }

  @Override
  public Uni<Boolean> isEveryProofKnownByBoth(Instant now) {
    return database
        .rows(RotationSql.PROOFS_ARE_KNOWN_BY_BOTH, row -> row.flag("known_by_both"), utc(now))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> switchOver(Rotation rotation) {
    return database
        .rows(RotationSql.AGAINST_MOVES, row -> true)
        .chain(() -> database.update(RotationSql.FORMER_IS_FORMER, rotation.former()))
        .chain(() -> database.update(RotationSql.NEXT_IS_WRITTEN, rotation.next()))
        .chain(() -> save(rotation));
  }

  @Override
  public Uni<Void> save(Rotation rotation) {
    Rotation.Counts counts = rotation.counts();
    return database
        .update(
            RotationSql.SAVE,
            rotation.phase().name(),
            utc(rotation.since()),
            rotation.switchedAt().map(PostgresRotation::utc).orElse(null),
            rotation.walk().table().name(),
            rotation.walk().after(),
            counts.resealed(),
            counts.sealedLeft(),
            counts.hashedLeft(),
            counts.lastLeft().orElse(null))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Kept>> page(Rotation.Walk walk, int limit) {
    return database.rows(
        switch (walk.table()) {
          case ACCOUNT -> RotationSql.ACCOUNTS;
          case CANCELLED -> RotationSql.CANCELLED;
          case RECEIPT -> RotationSql.RECEIPTS;
          case AT_PROCESSOR -> RotationSql.AT_PROCESSORS;
          case PUSH_ADDRESS -> RotationSql.PUSH_ADDRESSES;
          case DEVICE -> RotationSql.DEVICES;
        },
        row -> kept(row, walk.table() == Rotation.Table.DEVICE ? RotationSql.HASHES : List.of()),
        walk.after(),
        (long) limit);
  }

  @Override
  public Uni<Integer> reseal(Rotation.Table table, List<Resealed> rows) {
    return rows.isEmpty()
        ? Uni.createFrom().item(0)
        : database.update(
            switch (table) {
              case ACCOUNT -> RotationSql.RESEAL_ACCOUNTS;
              case CANCELLED -> RotationSql.RESEAL_CANCELLED;
              case RECEIPT -> RotationSql.RESEAL_RECEIPTS;
              case AT_PROCESSOR -> RotationSql.RESEAL_AT_PROCESSORS;
              case PUSH_ADDRESS -> RotationSql.RESEAL_PUSH_ADDRESSES;
              case DEVICE -> RotationSql.RESEAL_DEVICES;
            },
            rows.stream().map(Resealed::id).toArray(String[]::new),
            bytes(rows, Resealed::was),
            bytes(rows, Resealed::sealed),
            bytes(rows, Resealed::wasIndex),
            bytes(rows, Resealed::index));
  }

  @Override
  public Uni<Boolean> isNothingOfFormerWaiting(Rotation rotation, Instant now) {
    return database
        .rows(
            RotationSql.NOTHING_OF_FORMER_WAITS,
            row -> row.flag("nothing_waits"),
            utc(now),
            Buffer.buffer(SealedForm.beginning(rotation.former())))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> end(Rotation rotation) {
    return database
        .update(RotationSql.END_VERSION, rotation.former())
        .chain(() -> database.update(RotationSql.END))
        .replaceWithVoid();
  }

  private static Buffer[] bytes(List<Resealed> rows, Function<Resealed, byte[]> of) {
    return rows.stream().map(of).map(Buffer::buffer).toArray(Buffer[]::new);
  }

  private static Kept kept(Row row, List<String> hashes) {
    return new Kept(
        row.text("id"),
        row.text("place"),
        row.text("purpose"),
        row.optionalBytes("sealed"),
        row.optionalBytes("index"),
        hashes.stream().map(row::optionalBytes).flatMap(Optional::stream).toList());
  }

  private static Rotation rotation(Row row) {
    return new Rotation(
        (int) row.number("former"),
        (int) row.number("next"),
        Rotation.Phase.valueOf(row.text("phase")),
        row.instant("since"),
        row.optionalInstant("switched_at"),
        new Rotation.Walk(Rotation.Table.valueOf(row.text("walked")), row.text("after_id")),
        new Rotation.Counts(
            row.number("resealed"),
            row.number("sealed_left"),
            row.number("hashed_left"),
            row.optionalNumber("last_left")));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
