package io.towncrier.devices.postgres;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceKey;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.KeptOptOuts;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.PushTarget;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.privacy.Indexes;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Devices in PostgreSQL. */
@ApplicationScoped
class PostgresDevices implements DeviceStore, PanacheRepositoryBase<DeviceEntity, String> {
  private final Database database;
  private final KeptOptOuts optOuts;
  private final DevicesConfig.Registration limits;

  PostgresDevices(Database database, KeptOptOuts optOuts, DevicesConfig config) {
    this.database = database;
    this.optOuts = optOuts;
    this.limits = config.registration();
  }

  @Override
  public Uni<Void> add(Device device, Keyed keyed, Optional<String> kit) {
    DeviceEntity row = new DeviceEntity();
    row.id = device.id();
    row.kind = device.kind().name();
    row.productId = device.product();
    row.version = device.facts().version();
    row.country = device.facts().country().map(CountryCode::value).orElse(null);
    row.timeZone = device.facts().timeZone().orElse(null);
    row.language = device.facts().language().map(LanguageTag::value).orElse(null);
    row.channel = device.facts().channel();
    row.cohort = device.facts().cohort().orElse(null);
    row.hardware = device.facts().hardware().orElse(null);
    row.releaseCounter = counter(device.facts());
    row.counterUnreadable = device.facts().counterUnreadable();
    row.secretIndex = keyed.secret();
    row.identifierIndex = keyed.identifier().map(Indexes::written).orElse(null);
    row.ecvIndex = keyed.ecv().map(Indexes::written).orElse(null);
    row.kit = kit.orElse(null);
    row.registeredAt = device.registeredAt();
    row.lastSeenOn = device.lastSeen();
    return persist(row)
        .chain(() -> carryOver(device.id(), keyed))
        .chain(() -> noteOtherEcv(device, keyed));
  }

  /** For the accounts of earlier registrations; nothing of it shows in the answer. */
  private Uni<Void> noteOtherEcv(Device device, Keyed keyed) {
    return keyed.identifier().isEmpty() || keyed.ecv().isEmpty()
        ? Uni.createFrom().voidItem()
        : database
            .update(
                DeviceSql.NOTE_OTHER_ECV,
                device.id(),
                KeyedHashes.of(keyed.identifier().get().all()),
                KeyedHashes.of(keyed.ecv().get().all()),
                device.registeredAt().atOffset(ZoneOffset.UTC))
            .replaceWithVoid();
  }

  private Uni<Void> carryOver(String id, Keyed keyed) {
    return keyed.identifier().isEmpty()
        ? Uni.createFrom().voidItem()
        : renewEarlier(id, keyed.identifier().get(), keyed.ecv())
            .chain(
                () ->
                    database.rows(
                        DeviceSql.EARLIER,
                        row -> row.text("id"),
                        id,
                        KeyedHashes.of(keyed.identifier().get().all())))
            .chain(
                earlier ->
                    earlier.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : optOuts.carryOver(earlier, id));
  }

  private Uni<Void> renewEarlier(String id, Indexes identifier, Optional<Indexes> ecv) {
    return identifier.others().isEmpty()
        ? Uni.createFrom().voidItem()
        : database
            .update(
                DeviceSql.RENEW_EARLIER,
                id,
                Buffer.buffer(identifier.written()),
                KeyedHashes.of(identifier.others()),
                KeyedHashes.of(ecv.map(Indexes::others).orElse(List.of())),
                ecv.map(Indexes::written).map(Buffer::buffer).orElse(null))
            .replaceWithVoid();
  }

  @Override
  public Uni<Void> renewSecret(DeviceKey shown) {
    return shown.secret().others().isEmpty()
        ? Uni.createFrom().voidItem()
        : database
            .update(
                DeviceSql.RENEW_SECRET,
                shown.id(),
                KeyedHashes.of(shown.secret().others()),
                Buffer.buffer(shown.secret().written()))
            .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Duration>> countRegistration(Instant now) {
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    return database
        .rows(DeviceSql.REGISTRATIONS, row -> row.number("registrations"), at)
        .chain(
            counted ->
                counted.get(0) < limits.anHour()
                    ? database
                        .update(DeviceSql.COUNT_REGISTRATION, at)
                        .map(done -> Optional.empty())
                    : Uni.createFrom().item(Optional.of(restOfTheHour(now))));
  }

  private static Duration restOfTheHour(Instant now) {
    return Duration.between(now, now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
  }

  @Override
  public Uni<Optional<Device>> find(String id) {
    return one(database.rowsAlone(DeviceSql.FIND, DeviceRows::device, id));
  }

  @Override
  public Uni<List<String>> unlinkedSince(LocalDate lastSeen, int limit) {
    return database.rows(DeviceSql.UNLINKED_SINCE, row -> row.text("id"), lastSeen, (long) limit);
  }

  @Override
  public Uni<List<Device>> ofAccount(String account, int limit) {
    return database.rowsAlone(DeviceSql.OF_ACCOUNT, DeviceRows::device, account, (long) limit);
  }

  @Override
  public Uni<Optional<Device>> signIn(DeviceKey key) {
    return one(
        database.rowsAlone(
            DeviceSql.SIGN_IN, DeviceRows::device, key.id(), KeyedHashes.of(key.secret().all())));
  }

  private static <T> Uni<Optional<T>> one(Uni<List<T>> rows) {
    return rows.map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<Boolean> isKey(DeviceKey key) {
    return database
        .rowsAlone(DeviceSql.IS_KEY, row -> true, key.id(), KeyedHashes.of(key.secret().all()))
        .map(found -> !found.isEmpty());
  }

  @Override
  public Uni<Void> noteSeen(Collection<String> ids, LocalDate day) {
    // Once more does no harm.
    return database
        .rowsAlone(DeviceSql.NOTE_SEEN, row -> row, ids.toArray(String[]::new), day)
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> keepKit(String id, Optional<String> kit) {
    return database.update(DeviceSql.KEEP_KIT, id, kit.orElse(null)).replaceWithVoid();
  }

  @Override
  public Uni<Void> updateFacts(String id, Device.Facts facts, LocalDate seen) {
    return database
        .update(
            DeviceSql.UPDATE_FACTS,
            id,
            facts.version(),
            facts.country().map(CountryCode::value).orElse(null),
            facts.timeZone().orElse(null),
            facts.language().map(LanguageTag::value).orElse(null),
            facts.channel(),
            facts.cohort().orElse(null),
            facts.hardware().orElse(null),
            counter(facts),
            facts.counterUnreadable(),
            seen)
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> changeFacts(String id, int expected, Device.Facts facts, LocalDate seen) {
    return database
        .update(
            DeviceSql.CHANGE_FACTS,
            id,
            facts.version(),
            facts.country().map(CountryCode::value).orElse(null),
            facts.timeZone().orElse(null),
            facts.language().map(LanguageTag::value).orElse(null),
            facts.channel(),
            facts.cohort().orElse(null),
            facts.hardware().orElse(null),
            counter(facts),
            facts.counterUnreadable(),
            seen,
            expected)
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<Boolean> replaceSecret(String id, List<byte[]> shown, byte[] next) {
    return database
        .update(DeviceSql.REPLACE_SECRET, id, KeyedHashes.of(shown), Buffer.buffer(next))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<Boolean> shutOut(String id, byte[] nobodys, Instant now, boolean toRemove) {
    return atProcessors(id, toRemove)
        .chain(
            () ->
                database.update(
                    DeviceSql.SHUT_OUT,
                    id,
                    Buffer.buffer(nobodys),
                    now.atOffset(ZoneOffset.UTC),
                    toRemove))
        .call(() -> database.update(AddressSql.VOID, id, null))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<List<String>> ids(String after, int limit) {
    return database.rows(DeviceSql.IDS, row -> row.text("id"), after, (long) limit);
  }

  @Override
  public Uni<Void> delete(String id) {
    return atProcessors(id, true)
        .chain(() -> database.update(DeviceSql.DELETE, id))
        .replaceWithVoid();
  }

  /** Of a device that is only revoked its owner has asked nobody to delete anything. */
  private Uni<Integer> atProcessors(String id, boolean toRemove) {
    return toRemove
        ? database
            .update(ProcessorSql.OF_DEVICE, id)
            .chain(() -> database.update(ProcessorSql.FURTHER_OF_DEVICE, id))
        : Uni.createFrom().item(0);
  }

  @Override
  public Uni<List<String>> halfRemoved(Instant before, int limit) {
    return database.rows(
        DeviceSql.HALF_REMOVED,
        row -> row.text("id"),
        before.atOffset(ZoneOffset.UTC),
        (long) limit);
  }

  @Override
  public Uni<Boolean> retireAddress(String id, PushAddress unregistered) {
    Buffer sealed = Buffer.buffer(unregistered.sealed().bytes());
    return retire(id, sealed, null, database.update(AddressSql.RETIRE_ADDRESS, id, sealed));
  }

  @Override
  public Uni<Boolean> retireIdleAddress(String id, PushAddress idle, LocalDate unseenSince) {
    Buffer sealed = Buffer.buffer(idle.sealed().bytes());
    return retire(
        id,
        sealed,
        unseenSince,
        database.update(AddressSql.RETIRE_IDLE_ADDRESS, id, sealed, unseenSince));
  }

  /** The first of its addresses, or one behind it; a device that is gone has none. */
  private Uni<Boolean> retire(
      String id, Buffer sealed, @Nullable LocalDate unseenSince, Uni<Integer> first) {
    return database
        .inTransaction(
            () ->
                database
                    .rows(AddressSql.HOLD_DEVICE, row -> row, id)
                    .chain(() -> first)
                    .chain(
                        changed ->
                            changed == 1
                                ? Uni.createFrom().item(1)
                                : database.update(
                                    AddressSql.RETIRE_FURTHER, id, sealed, unseenSince)))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<List<PushTarget>> lockTargets(List<String> ids) {
    String[] wanted = ids.toArray(String[]::new);
    return database
        .rows(DeviceSql.LOCK_TARGETS, TargetRows::target, (Object) wanted)
        .chain(
            locked ->
                database
                    .rows(DeviceSql.LINKS, TargetRows::behind, (Object) wanted)
                    .map(rows -> TargetRows.with(locked, rows)));
  }

  private static @Nullable Long counter(Device.Facts facts) {
    return facts.counter().isPresent() ? facts.counter().getAsLong() : null;
  }
}
