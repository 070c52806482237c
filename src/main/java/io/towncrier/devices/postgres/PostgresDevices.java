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
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Sealed;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
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
  public Uni<Void> add(Device device, Keyed keyed) {
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
    row.identifierIndex = keyed.identifier().orElse(null);
    row.ecvIndex = keyed.ecv().orElse(null);
    row.registeredAt = device.registeredAt();
    row.lastSeenOn = device.lastSeen();
    return persist(row).chain(() -> carryOver(device.id(), keyed));
  }

  private Uni<Void> carryOver(String id, Keyed keyed) {
    return keyed.identifier().isEmpty()
        ? Uni.createFrom().voidItem()
        : database
            .rows(
                DeviceSql.EARLIER, row -> row.text(0), id, Buffer.buffer(keyed.identifier().get()))
            .chain(
                earlier ->
                    earlier.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : optOuts.carryOver(earlier, id));
  }

  @Override
  public Uni<Optional<Duration>> countRegistration(Instant now) {
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    return database
        .rows(DeviceSql.REGISTRATIONS, row -> row.number(0), at)
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
    return one(database.rowsAlone(DeviceSql.FIND, PostgresDevices::device, id));
  }

  @Override
  public Uni<Optional<Device>> signIn(DeviceKey key) {
    return one(
        database.rowsAlone(
            DeviceSql.SIGN_IN,
            PostgresDevices::device,
            key.id(),
            Buffer.buffer(key.secretIndex())));
  }

  private static <T> Uni<Optional<T>> one(Uni<List<T>> rows) {
    return rows.map(found -> found.stream().findFirst());
  }

  @Override
  public Uni<Boolean> isKey(DeviceKey key) {
    return database
        .rowsAlone(
            DeviceSql.IS_KEY, row -> row.number(0), key.id(), Buffer.buffer(key.secretIndex()))
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
  public Uni<Boolean> replaceSecret(String id, byte[] shown, byte[] next) {
    return database
        .update(DeviceSql.REPLACE_SECRET, id, Buffer.buffer(shown), Buffer.buffer(next))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<Boolean> shutOut(String id, byte[] nobodys, Instant now, boolean toRemove) {
    return database
        .update(
            DeviceSql.SHUT_OUT, id, Buffer.buffer(nobodys), now.atOffset(ZoneOffset.UTC), toRemove)
        .call(() -> database.update(AddressSql.VOID, id))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<Void> delete(String id) {
    return database.update(DeviceSql.DELETE, id).replaceWithVoid();
  }

  @Override
  public Uni<List<String>> halfRemoved(Instant before, int limit) {
    return database.rows(
        DeviceSql.HALF_REMOVED, row -> row.text(0), before.atOffset(ZoneOffset.UTC), (long) limit);
  }

  @Override
  public Uni<Boolean> retireAddress(String id, PushAddress unregistered) {
    return database
        .update(AddressSql.RETIRE_ADDRESS, id, Buffer.buffer(unregistered.sealed().bytes()))
        .map(changed -> changed == 1);
  }

  @Override
  public Uni<List<PushTarget>> lockTargets(List<String> ids) {
    String[] wanted = ids.toArray(String[]::new);
    return database
        .rows(DeviceSql.LOCK_TARGETS, PostgresDevices::target, (Object) wanted)
        .chain(
            locked ->
                database
                    .rows(
                        DeviceSql.LINKS,
                        row -> Map.entry(row.text(0), row.text(1)),
                        (Object) wanted)
                    .map(links -> withAccounts(locked, links)));
  }

  private static List<PushTarget> withAccounts(
      List<PushTarget> locked, List<Map.Entry<String, String>> links) {
    Map<String, List<String>> accounts =
        links.stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return locked.stream()
        .map(target -> target.withAccounts(accounts.getOrDefault(target.deviceId(), List.of())))
        .toList();
  }

  private static @Nullable Long counter(Device.Facts facts) {
    return facts.counter().isPresent() ? facts.counter().getAsLong() : null;
  }

  private static PushTarget target(Row row) {
    String id = row.text(0);
    return new PushTarget(
        id,
        row.text(4),
        row.text(5),
        facts(row, 6),
        List.of(),
        row.optionalBytes(3)
            .map(
                bytes ->
                    new PushAddress(
                        row.text(1),
                        PushAddress.Kind.valueOf(row.text(2)),
                        new Sealed(bytes),
                        PushAddress.placeOf(id))));
  }

  private static Device.Facts facts(Row row, int from) {
    return new Device.Facts(
        row.text(from),
        row.optionalText(from + 1).map(CountryCode::new),
        row.optionalText(from + 2),
        row.optionalText(from + 3).map(LanguageTag::new),
        row.text(from + 4),
        row.optionalText(from + 5),
        row.optionalText(from + 6),
        row.optionalNumber(from + 7).map(OptionalLong::of).orElseGet(OptionalLong::empty),
        row.flag(from + 8));
  }

  private static Device device(Row row) {
    boolean hasAddress = row.flag(13);
    return new Device(
        row.text(0),
        Device.Kind.valueOf(row.text(1)),
        row.text(2),
        facts(row, 3),
        row.flag(12),
        new Device.Push(
            hasAddress, hasAddress ? row.optionalDate(14) : Optional.empty(), row.flag(15)),
        row.instant(16),
        row.optionalDate(17).orElseThrow(),
        (int) row.number(18));
  }
}
