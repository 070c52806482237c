package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.AddressOrder;
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
  public Uni<Optional<AddressOrder>> lock(String deviceId) {
    return database
        .rows(AddressSql.LOCK, row -> held(deviceId, row), deviceId)
        .chain(
            first ->
                first.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : database
                        .rows(AddressSql.FURTHER, row -> held(deviceId, row), deviceId)
                        .map(further -> Optional.of(order(first.get(0), further))));
  }

  private static AddressOrder order(
      Optional<AddressOrder.Held> first, List<Optional<AddressOrder.Held>> further) {
    return new AddressOrder(
        Stream.concat(Stream.of(first), further.stream()).flatMap(Optional::stream).toList());
  }

  private static Optional<AddressOrder.Held> held(String deviceId, Row row) {
    return row.optionalBytes("sealed")
        .map(
            bytes ->
                new AddressOrder.Held(
                    PushAddress.stored(deviceId, row.text("provider"), row.text("kind"), bytes),
                    row.optionalBytes("address_index").orElseThrow(),
                    row.optionalDate("confirmed_on")));
  }

  @Override
  public Uni<Void> write(String deviceId, AddressOrder order) {
    if (order.all().isEmpty()) {
      // A trigger takes what stands behind it.
      return database.update(AddressSql.REMOVE_ADDRESS, deviceId).replaceWithVoid();
    }
    Uni<Integer> all =
        database
            .update(AddressSql.DROP_FURTHER, deviceId)
            .chain(() -> setFirst(deviceId, order.all().get(0)));
    for (int place = 2; place <= order.all().size(); place++) {
      int preference = place;
      all = all.chain(() -> addFurther(deviceId, preference, order.all().get(preference - 1)));
    }
    return all.replaceWithVoid();
  }

  private Uni<Integer> setFirst(String deviceId, AddressOrder.Held held) {
    return database.update(
        AddressSql.SET_ADDRESS,
        deviceId,
        held.address().provider(),
        held.address().kind().name(),
        Buffer.buffer(held.address().sealed().bytes()),
        Buffer.buffer(held.index()),
        held.confirmedOn().orElse(null));
  }

  private Uni<Integer> addFurther(String deviceId, int preference, AddressOrder.Held held) {
    return database.update(
        AddressSql.ADD_FURTHER,
        deviceId,
        held.address().provider(),
        preference,
        held.address().kind().name(),
        Buffer.buffer(held.address().sealed().bytes()),
        Buffer.buffer(held.index()),
        held.confirmedOn().orElse(null));
  }

  @Override
  public Uni<Void> propose(Proof proof, Duration lease) {
    return voidProofs(proof.deviceId(), proof.replaces())
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
                    proof.index().others().stream().findFirst().map(Buffer::buffer).orElse(null),
                    proof.preference().orElse(null)))
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
  public Uni<List<Proof>> takeTry(String deviceId, Instant now) {
    return database
        .rows(AddressSql.WAITING, PostgresAddresses::indexes, deviceId, utc(now))
        .chain(
            waiting ->
                waiting.isEmpty()
                    ? Uni.createFrom().item(List.of())
                    : takeTry(deviceId, waiting, now));
  }

  private Uni<List<Proof>> takeTry(String deviceId, List<Indexes> waiting, Instant now) {
    Object all = KeyedHashes.of(waiting.stream().flatMap(index -> index.all().stream()).toList());
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
                    KeyedHashes.of(waiting.stream().map(Indexes::written).toList())));
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
    String id = proof.deviceId();
    return takeAway(proof.index(), id)
        .call(() -> lock(id).chain(held -> write(id, held, proof, now)))
        .call(
            losers ->
                database.update(
                    AddressSql.PROVED,
                    proof.id(),
                    utc(now),
                    (Object) losers.toArray(String[]::new)))
        .call(() -> voidProofs(id, proof.replaces()));
  }

  private Uni<List<String>> takeAway(Indexes index, String winner) {
    Object all = KeyedHashes.of(index.all());
    return database
        .rows(AddressSql.TAKE_ADDRESS_AWAY, row -> row.text("id"), all, winner)
        .chain(
            losers ->
                database
                    .rows(AddressSql.TAKE_FURTHER_AWAY, row -> row.text("id"), all, winner)
                    .map(
                        others ->
                            Stream.concat(losers.stream(), others.stream()).distinct().toList()));
  }

  private Uni<Void> write(String deviceId, Optional<AddressOrder> held, Proof proof, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return write(
        deviceId, held.orElse(AddressOrder.NONE).with(proof.proved(today), proof.preference()));
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
        .chain(() -> voidProofs(deviceId, Optional.empty()));
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

  @Override
  public Uni<Void> voidProofs(String deviceId, Optional<String> provider) {
    return database
        .update(AddressSql.VOID, deviceId, provider.orElse(null))
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
        (int) row.number("tries_left"),
        row.optionalNumber("preference").map(Long::intValue));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
