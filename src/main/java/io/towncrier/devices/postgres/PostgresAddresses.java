package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.AddressStore;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Sealed;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Push addresses in PostgreSQL. */
@ApplicationScoped
class PostgresAddresses implements AddressStore {
  private final Database database;

  PostgresAddresses(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> lockAddress(byte[] index) {
    return database
        .rows(AddressSql.LOCK_ADDRESS, row -> row.number(0), Buffer.buffer(index))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Current>> lock(String deviceId) {
    return database
        .rows(
            AddressSql.LOCK,
            row ->
                new Current(
                    row.optionalText(0).map(PushAddress.Kind::valueOf),
                    row.optionalBytes(1),
                    row.optionalDate(2)),
            deviceId)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Void> confirmAgain(String deviceId, LocalDate today) {
    return database
        .update(AddressSql.CONFIRM_AGAIN, deviceId, today)
        .chain(() -> voidProofs(deviceId));
  }

  @Override
  public Uni<Void> propose(Proof proof, Duration lease) {
    return voidProofs(proof.deviceId())
        .chain(
            () ->
                database.update(
                    AddressSql.PROPOSE,
                    proof.id(),
                    proof.deviceId(),
                    proof.address().provider(),
                    proof.address().kind().name(),
                    Buffer.buffer(proof.address().sealed().bytes()),
                    Buffer.buffer(proof.index()),
                    Buffer.buffer(proof.challenge()),
                    utc(proof.expiresAt()),
                    proof.triesLeft(),
                    (double) lease.toMillis()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> challengeEnded(String proofId) {
    return database
        .update(AddressSql.CHALLENGE_ENDED, proofId)
        .chain(() -> database.update(AddressSql.DROP_IF_VOID, proofId))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> withdraw(String proofId) {
    return database.update(AddressSql.WITHDRAW, proofId).replaceWithVoid();
  }

  @Override
  public Uni<Optional<Proof>> takeTry(String deviceId, Instant now) {
    return database
        .rows(AddressSql.WAITING, row -> row.optionalBytes(0).orElseThrow(), deviceId, utc(now))
        .chain(
            waiting ->
                waiting.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : takeTry(deviceId, Buffer.buffer(waiting.get(0)), now));
  }

  private Uni<Optional<Proof>> takeTry(String deviceId, Buffer index, Instant now) {
    return database
        .rows(AddressSql.LOCK_ADDRESS, row -> row.number(0), index)
        .chain(() -> database.rows(AddressSql.LOCK_HOLDERS, row -> row.text(0), index, deviceId))
        .chain(
            () ->
                database.rows(
                    AddressSql.TAKE_TRY, row -> proof(deviceId, row), deviceId, utc(now), index))
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<List<String>> move(Proof proof, Instant now) {
    Buffer index = Buffer.buffer(proof.index());
    String id = proof.deviceId();
    return database
        .rows(AddressSql.TAKE_ADDRESS_AWAY, row -> row.text(0), index, id)
        .call(
            () ->
                database.update(
                    AddressSql.SET_ADDRESS,
                    id,
                    proof.address().provider(),
                    proof.address().kind().name(),
                    Buffer.buffer(proof.address().sealed().bytes()),
                    index,
                    LocalDate.ofInstant(now, ZoneOffset.UTC)))
        .call(
            losers ->
                database.update(
                    AddressSql.PROVED,
                    proof.id(),
                    utc(now),
                    (Object) losers.toArray(String[]::new)))
        .call(() -> voidProofs(id));
  }

  @Override
  public Uni<List<Moved>> provedBefore(String deviceId, Instant now) {
    return database.rows(
        AddressSql.PROVED_BEFORE,
        row -> new Moved(row.optionalBytes(0).orElseThrow(), row.texts(1)),
        deviceId,
        utc(now));
  }

  @Override
  public Uni<Void> remove(String deviceId) {
    return database
        .rows(AddressSql.LOCK, row -> row.optionalText(0), deviceId)
        .chain(() -> database.update(AddressSql.REMOVE_ADDRESS, deviceId))
        .chain(() -> voidProofs(deviceId));
  }

  @Override
  public Uni<Integer> prune(LocalDate lastSeen, int limit) {
    return database.update(AddressSql.PRUNE, lastSeen, (long) limit);
  }

  @Override
  public Uni<Integer> dropExpired(Instant now, int limit) {
    return database
        .update(AddressSql.DROP_EXPIRED, utc(now), (long) limit)
        .chain(dropped -> more(dropped, QuestionSql.DROP_EXPIRED, utc(now), (long) limit))
        .chain(dropped -> more(dropped, QuestionSql.DROP_COUNTED, utc(now), (long) limit))
        .chain(dropped -> more(dropped, QuestionSql.DROP_REGISTRATIONS, utc(now)));
  }

  private Uni<Integer> more(int dropped, String sql, Object... parameters) {
    return database.update(sql, parameters).map(further -> dropped + further);
  }

  private Uni<Void> voidProofs(String deviceId) {
    return database
        .update(AddressSql.VOID, deviceId)
        .chain(() -> database.update(AddressSql.DROP_VOID, deviceId))
        .replaceWithVoid();
  }

  private static Proof proof(String deviceId, Row row) {
    return new Proof(
        row.text(0),
        deviceId,
        new PushAddress(
            row.text(1),
            PushAddress.Kind.valueOf(row.text(2)),
            new Sealed(row.optionalBytes(3).orElseThrow()),
            PushAddress.placeOf(deviceId)),
        row.optionalBytes(4).orElseThrow(),
        row.optionalBytes(5).orElseThrow(),
        row.instant(6),
        (int) row.number(7));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
