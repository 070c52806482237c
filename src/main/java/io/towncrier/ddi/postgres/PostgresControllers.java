package io.towncrier.ddi.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.actions.ConfigLink;
import io.towncrier.ddi.enrolment.Controller;
import io.towncrier.ddi.enrolment.ControllerKey;
import io.towncrier.ddi.enrolment.ControllerStore;
import io.towncrier.devices.Device;
import io.towncrier.devices.checks.CheckIns;
import io.towncrier.devices.checks.LastAttempt;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Indexes;
import io.towncrier.releases.Channels;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Devices that speak DDI or poll as RAUC does, in PostgreSQL. */
@ApplicationScoped
class PostgresControllers implements ControllerStore {
  private final Database database;

  PostgresControllers(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Controller>> signIn(ControllerKey key) {
    if (key instanceof ControllerKey.Native own) {
      return one(
          database.rowsAlone(
              ControllerSql.BY_ID,
              PostgresControllers::controller,
              own.deviceId(),
              KeyedHashes.of(own.secret().all())));
    }
    if (key instanceof ControllerKey.Target target) {
      return byTarget(target);
    }
    if (key instanceof ControllerKey.Gateway gateway) {
      return one(
          database.rowsAlone(
              ControllerSql.BY_GATEWAY,
              PostgresControllers::controller,
              KeyedHashes.of(gateway.controller().all()),
              KeyedHashes.of(gateway.token().all())));
    }
    throw new ForgottenCase(key);
  }

  private Uni<Optional<Controller>> byTarget(ControllerKey.Target key) {
    return database
        .rowsAlone(
            ControllerSql.BY_TARGET,
            row -> Map.entry(controller(row), row.flag("has_token")),
            KeyedHashes.of(key.controller().all()),
            KeyedHashes.of(key.secret().all()),
            KeyedHashes.of(key.tokenHash().all()))
        .map(rows -> rows.stream().findFirst())
        .call(
            found ->
                found.filter(Map.Entry::getValue).isPresent()
                    ? database.update(
                        ControllerSql.SHOWN,
                        found.get().getKey().id(),
                        Buffer.buffer(key.secret().written()),
                        KeyedHashes.of(key.tokenHash().all()))
                    : Uni.createFrom().voidItem())
        .map(found -> found.map(Map.Entry::getKey));
  }

  @Override
  public Uni<Optional<Gateway>> gateway(Indexes token) {
    return one(
        database.rowsAlone(
            ControllerSql.GATEWAY,
            row ->
                new Gateway(
                    row.text("product_id"), row.optionalText("country").map(CountryCode::new)),
            KeyedHashes.of(token.all())));
  }

  @Override
  public Uni<Void> renew(String deviceId, ControllerKey shown) {
    if (shown instanceof ControllerKey.Native own) {
      return renewSecret(deviceId, own.secret());
    }
    if (shown instanceof ControllerKey.Target target) {
      return renewSecret(deviceId, target.secret())
          .chain(() -> renewControllers(List.of(target.controller())));
    }
    if (shown instanceof ControllerKey.Gateway gateway) {
      return renewControllers(List.of(gateway.controller()))
          .chain(
              () ->
                  database.update(
                      ControllerSql.RENEW_GATEWAY,
                      Buffer.buffer(gateway.token().written()),
                      KeyedHashes.of(gateway.token().others())))
          .replaceWithVoid();
    }
    throw new ForgottenCase(shown);
  }

  private Uni<Void> renewSecret(String deviceId, Indexes secret) {
    return database
        .update(
            ControllerSql.RENEW_SECRET,
            deviceId,
            Buffer.buffer(secret.written()),
            KeyedHashes.of(secret.others()))
        .replaceWithVoid();
  }

  /** So that no controllerId is two devices, one under each version. */
  private Uni<Void> renewControllers(List<Indexes> controllers) {
    List<byte[]> old = new ArrayList<>();
    List<byte[]> next = new ArrayList<>();
    for (Indexes controller : controllers) {
      for (byte[] other : controller.others()) {
        old.add(other);
        next.add(controller.written());
      }
    }
    return old.isEmpty()
        ? Uni.createFrom().voidItem()
        : database
            .update(ControllerSql.RENEW_CONTROLLERS, KeyedHashes.of(old), KeyedHashes.of(next))
            .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> add(Newcomer newcomer) {
    return renewControllers(List.of(newcomer.controller())).chain(() -> added(newcomer));
  }

  private Uni<Boolean> added(Newcomer newcomer) {
    return database
        .update(
            ControllerSql.ADD,
            newcomer.id(),
            newcomer.product(),
            newcomer.country().map(CountryCode::value).orElse(null),
            Channels.DEFAULT,
            Buffer.buffer(newcomer.controller().written()),
            Buffer.buffer(newcomer.secretIndex()),
            utc(newcomer.now()))
        .map(added -> added == 1);
  }

  @Override
  public Uni<List<String>> importAll(List<Newcomer> newcomers) {
    return renewControllers(newcomers.stream().map(Newcomer::controller).toList())
        .chain(() -> imported(newcomers));
  }

  private Uni<List<String>> imported(List<Newcomer> newcomers) {
    Newcomer first = newcomers.get(0);
    return database
        .rows(
            ControllerSql.IMPORT,
            row ->
                Map.entry(
                    Buffer.buffer(row.optionalBytes("controller_index").orElseThrow()),
                    row.text("id")),
            first.product(),
            Channels.DEFAULT,
            utc(first.now()),
            newcomers.stream().map(Newcomer::id).toArray(String[]::new),
            newcomers.stream()
                .map(n -> n.country().map(CountryCode::value).orElse(null))
                .toArray(String[]::new),
            bytes(newcomers, n -> n.controller().written()),
            bytes(newcomers, Newcomer::secretIndex),
            bytes(newcomers, n -> n.tokenIndex().orElse(null)))
        .map(rows -> inOrder(rows, newcomers));
  }

  private static List<String> inOrder(
      List<Map.Entry<Buffer, String>> rows, List<Newcomer> newcomers) {
    if (rows.size() < newcomers.size()) {
      throw ProblemCode.WRONG_STATE
          .with("One of these devices is being removed. Import them again in a minute.")
          .asException();
    }
    Map<Buffer, String> ids =
        rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return newcomers.stream().map(n -> ids.get(Buffer.buffer(n.controller().written()))).toList();
  }

  private static @Nullable Buffer[] bytes(
      List<Newcomer> newcomers, Function<Newcomer, byte @Nullable []> of) {
    return newcomers.stream()
        .map(of)
        .map(bytes -> bytes == null ? null : Buffer.buffer(bytes))
        .toArray(Buffer[]::new);
  }

  @Override
  public Uni<Void> ask(String deviceId, ConfigLink link) {
    return database
        .update(
            ControllerSql.ASK,
            deviceId,
            link.state().map(Enum::name).orElse(null),
            link.state().isPresent() ? utc(link.since()) : null)
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> booted(String deviceId, String bootId) {
    return database.update(ControllerSql.BOOTED, deviceId, bootId).replaceWithVoid();
  }

  private static <T> Uni<Optional<T>> one(Uni<List<T>> rows) {
    return rows.map(found -> found.stream().findFirst());
  }

  private static Controller controller(Row row) {
    Device.Facts facts =
        new Device.Facts(
            row.text("version"),
            row.optionalText("country").map(CountryCode::new),
            row.optionalText("time_zone"),
            row.optionalText("language").map(LanguageTag::new),
            row.text("channel"),
            row.optionalText("cohort"),
            row.optionalText("hardware"),
            row.optionalNumber("release_counter")
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty),
            row.flag("counter_unreadable"));
    return new Controller(
        new CheckIns.CheckIn(
            row.text("id"),
            row.text("product_id"),
            facts,
            row.optionalDate("last_seen_on").orElseThrow(),
            List.of(),
            row.optionalText("attempt_version").map(version -> attempt(version, row))),
        row.optionalText("config_link")
            .map(
                state ->
                    new ConfigLink(
                        Optional.of(ConfigLink.State.valueOf(state)),
                        row.optionalInstant("config_link_at").orElse(Instant.EPOCH)))
            .orElse(ConfigLink.NONE),
        row.optionalText("boot_id"),
        row.flag("action_open"));
  }

  private static LastAttempt attempt(String version, Row row) {
    return new LastAttempt(
        version,
        row.text("attempt_state"),
        row.optionalText("former"),
        row.optionalText("boot"),
        row.optionalInstant("succeeded_at"),
        row.optionalInstant("target_since"),
        row.optionalInstant("held_until"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
