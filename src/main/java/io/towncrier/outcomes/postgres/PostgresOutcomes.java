package io.towncrier.outcomes.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.OutcomeStore;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Attempts in PostgreSQL: a row a device and release; counters get rows added, so nobody waits. */
@ApplicationScoped
class PostgresOutcomes implements OutcomeStore {
  private final Database database;

  PostgresOutcomes(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Locked> lock(Attempt.Key key, Instant now) {
    return rows(key)
        .chain(
            found ->
                of(key, found).isPresent()
                    ? Uni.createFrom().item(found)
                    : add(key, now).chain(() -> rows(key)))
        .chain(
            found ->
                database
                    .rows(OutcomeSql.REGISTERED, row -> locked(key, found, row), key.device())
                    .map(all -> all.get(0)));
  }

  private static Locked locked(Attempt.Key key, List<Attempt> found, Row device) {
    return new Locked(
        of(key, found).orElseThrow(),
        found.stream().filter(a -> !a.key().equals(key)).findFirst(),
        device.instant("registered_at"),
        device.flag("imported"),
        device
            .optionalDate("last_seen_on")
            .orElseThrow()
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant());
  }

  @Override
  public Uni<List<Attempt.Key>> due(Instant now, int limit) {
    return database.rows(
        OutcomeSql.DUE,
        row -> new Attempt.Key(row.text("device_id"), row.text("product_id"), row.text("version")),
        now.atOffset(ZoneOffset.UTC),
        (long) limit);
  }

  private Uni<List<Attempt>> rows(Attempt.Key key) {
    return database.rows(OutcomeSql.LOCK, OutcomeRows::attempt, key.device(), key.version());
  }

  private Uni<Integer> add(Attempt.Key key, Instant now) {
    return database.update(
        OutcomeSql.ADD, key.device(), key.version(), key.product(), now.atOffset(ZoneOffset.UTC));
  }

  private static Optional<Attempt> of(Attempt.Key key, List<Attempt> found) {
    return found.stream().filter(attempt -> attempt.key().equals(key)).findFirst();
  }

  @Override
  public Uni<Void> save(Change change) {
    return database
        .rows(OutcomeSql.SAVE, row -> row.optionalBytes("network"), OutcomeRows.parameters(change))
        .chain(
            network ->
                count(change)
                    .chain(
                        () ->
                            network
                                .get(0)
                                .map(from -> countNetwork(change, from))
                                .orElseGet(() -> Uni.createFrom().voidItem())));
  }

  private Uni<Void> count(Change change) {
    List<Tally.Change> changes = Tally.changes(change.before(), change.after());
    Attempt.Key key = change.after().key();
    return changes.isEmpty()
        ? Uni.createFrom().voidItem()
        : database
            .update(
                OutcomeSql.COUNT,
                key.product(),
                key.version(),
                changes.stream().map(c -> c.place().phase()).toArray(Integer[]::new),
                changes.stream().map(c -> c.place().counted()).toArray(Boolean[]::new),
                changes.stream().map(c -> c.place().what()).toArray(String[]::new),
                changes.stream().map(Tally.Change::devices).toArray(Integer[]::new))
            .replaceWithVoid();
  }

  /** As the counters do, so that failures and those of networks fit together. */
  private Uni<Void> countNetwork(Change change, byte[] network) {
    boolean was = Tally.isCountedFailure(change.before());
    boolean is = Tally.isCountedFailure(change.after());
    Attempt.Key key = change.after().key();
    return was == is
        ? Uni.createFrom().voidItem()
        : database
            .update(
                is ? OutcomeSql.COUNT_NETWORK : OutcomeSql.UNCOUNT_NETWORK,
                key.product(),
                key.version(),
                Buffer.buffer(network))
            .replaceWithVoid();
  }

  @Override
  public Uni<List<Attempt>> current(List<String> devices) {
    return database.rows(
        OutcomeSql.CURRENT, OutcomeRows::attempt, (Object) devices.toArray(String[]::new));
  }

  @Override
  public Uni<List<Attempt>> ofDevice(String device) {
    return database.rows(OutcomeSql.OF_DEVICE, OutcomeRows::attempt, device, (long) MOST);
  }
}
