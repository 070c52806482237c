package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.AddressStore;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.keys.LiveKeys;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Push addresses in PostgreSQL. */
@ApplicationScoped
class PostgresAddresses implements AddressStore {
  private final Database database;
  private final LiveKeys keys;

  PostgresAddresses(Database database, LiveKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  @Override
  public Uni<Void> lockAddress(Indexes index) {
    return database
        .rows(AddressSql.LOCK_ADDRESS, row -> row, KeyedHashes.of(index.all()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Current>> lock(String deviceId) {
    return database
        .rows(
            AddressSql.LOCK,
            row ->
                new Current(
                    row.optionalText("push_kind").map(PushAddress.Kind::valueOf),
                    row.optionalBytes("push_index"),
                    row.optionalDate("push_confirmed_on")),
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
                    Buffer.buffer(proof.index().written()),
                    Buffer.buffer(proof.challenge()),
                    utc(proof.expiresAt()),
                    proof.triesLeft(),
                    (double) lease.toMillis(),
                    proof.index().others().stream().findFirst().map(Buffer::buffer).orElse(null)))
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
        .rows(AddressSql.WAITING, PostgresAddresses::indexes, deviceId, utc(now))
        .chain(
            waiting ->
                waiting.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : takeTry(deviceId, waiting.get(0), now));
  }

  private Uni<Optional<Proof>> takeTry(String deviceId, Indexes index, Instant now) {
    Object all = KeyedHashes.of(index.all());
    return database
        .rows(AddressSql.LOCK_ADDRESS, row -> row, all)
        .chain(() -> database.rows(AddressSql.LOCK_HOLDERS, row -> row, all, deviceId))
        .chain(
            () ->
                database.rows(
                    AddressSql.TAKE_TRY,
                    row -> proof(deviceId, row),
                    deviceId,
                    utc(now),
                    Buffer.buffer(index.written())))
        .map(rows -> rows.stream().findFirst());
  }

  private static Indexes indexes(Row row) {
    return new Indexes(
        Stream.of(row.optionalBytes("address_index"), row.optionalBytes("other_index"))
            .flatMap(Optional::stream)
            .toList());
  }

  /** Its lock keeps the versions of the keys as they are; this process must know them, too. */
  private void refuseUnlessKnown(long revision) {
    if (keys.revision() != revision) {
      keys.doubt();
      throw ProblemCode.DATABASE_UNAVAILABLE
          .with("The keys are being rotated. Send the request again.")
          .asException(Duration.ofSeconds(1));
    }
  }

  @Override
  public Uni<List<String>> move(Proof proof, Instant now) {
    Buffer index = Buffer.buffer(proof.index().written());
    String id = proof.deviceId();
    return database
        .rows(
            AddressSql.TAKE_ADDRESS_AWAY,
            row -> row.text("id"),
            KeyedHashes.of(proof.index().all()),
            id)
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
        row -> new Moved(row.optionalBytes("challenge_index").orElseThrow(), row.texts("losers")),
        deviceId,
        utc(now));
  }

  @Override
  public Uni<Void> remove(String deviceId) {
    return database
        .rows(AddressSql.LOCK, row -> row, deviceId)
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

  private Proof proof(String deviceId, Row row) {
    refuseUnlessKnown(row.number("key_revision"));
    return new Proof(
        row.text("id"),
        deviceId,
        PushAddress.stored(
            deviceId,
            row.text("provider"),
            row.text("kind"),
            row.optionalBytes("sealed").orElseThrow()),
        indexes(row),
        row.optionalBytes("challenge_index").orElseThrow(),
        row.instant("expires_at"),
        (int) row.number("tries_left"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
