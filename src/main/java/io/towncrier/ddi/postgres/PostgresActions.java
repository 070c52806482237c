package io.towncrier.ddi.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.actions.Action;
import io.towncrier.ddi.actions.ActionStore;
import io.towncrier.ddi.actions.History;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Actions in PostgreSQL. */
@ApplicationScoped
class PostgresActions implements ActionStore {
  private static final String SUCCESS = "SUCCESS";
  private static final String FAILURE = "FAILURE";

  private final Database database;

  PostgresActions(Database database) {
    this.database = database;
  }

  @Override
  public Uni<History> of(String deviceId) {
    return database
        .rowsAlone(ActionSql.OF_DEVICE, PostgresActions::action, deviceId, (long) KEPT)
        .map(History::new);
  }

  @Override
  public Uni<Optional<Action>> offer(String deviceId, String version, Instant now) {
    return database.inTransaction(
        () ->
            locked(deviceId)
                .chain(
                    there ->
                        there.isEmpty()
                            ? Uni.createFrom().item(Optional.empty())
                            : of(deviceId)
                                .map(History::open)
                                .chain(open -> offer(deviceId, version, open, now))));
  }

  @Override
  public Uni<Void> installed(String deviceId, String version, Instant now) {
    return database.inTransaction(
        () ->
            locked(deviceId)
                .chain(() -> of(deviceId))
                .map(history -> history.open().filter(open -> open.version().equals(version)))
                .chain(
                    open ->
                        open.isPresent()
                            ? save(deviceId, open.get().installed(now))
                            : Uni.createFrom().voidItem()));
  }

  private Uni<Optional<Action>> offer(
      String deviceId, String version, Optional<Action> open, Instant now) {
    if (open.isPresent() && (open.get().hasBegun() || open.get().version().equals(version))) {
      return Uni.createFrom().item(open);
    }
    Action next = Action.offered(number(), version, now);
    Uni<Void> withdrawn =
        open.isPresent()
            ? update(deviceId, open.get().in(Action.State.WITHDRAWN, now))
            : Uni.createFrom().voidItem();
    return withdrawn
        .chain(
            () -> database.update(ActionSql.ADD, deviceId, next.number(), next.version(), utc(now)))
        .chain(() -> database.update(ActionSql.PRUNE, deviceId, (long) KEPT))
        .chain(() -> database.update(ActionSql.SET_OPEN, deviceId, true))
        .replaceWith(Optional.of(next));
  }

  /** Made here and not held: a generator seeded before a Lambda snapshot would repeat itself. */
  private static int number() {
    return 1 + new SecureRandom().nextInt(Integer.MAX_VALUE - 1);
  }

  @Override
  public Uni<Optional<Action>> lock(String deviceId, int number) {
    return locked(deviceId)
        .chain(() -> database.rows(ActionSql.NUMBERED, PostgresActions::action, deviceId, number))
        .map(rows -> rows.stream().findFirst());
  }

  private Uni<Optional<Boolean>> locked(String deviceId) {
    return database
        .rows(ActionSql.LOCK_DEVICE, row -> row.flag("action_open"), deviceId)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Void> save(String deviceId, Action action) {
    return update(deviceId, action)
        .chain(() -> of(deviceId))
        .chain(history -> database.update(ActionSql.SET_OPEN, deviceId, history.open().isPresent()))
        .replaceWithVoid();
  }

  private Uni<Void> update(String deviceId, Action action) {
    Optional<Action.Ended> ended = action.ended();
    return database
        .update(
            ActionSql.SAVE,
            deviceId,
            action.number(),
            action.state().name(),
            action.cancelRefused(),
            ended.map(how -> how.success() ? SUCCESS : FAILURE).orElse(null),
            ended.flatMap(Action.Ended::later).isPresent(),
            ended.map(Action.Ended::ofDownload).orElse(Boolean.FALSE),
            texts(ended.map(Action.Ended::details)),
            texts(ended.flatMap(Action.Ended::later)),
            utc(action.changedAt()))
        .replaceWithVoid();
  }

  private static String[] texts(Optional<List<String>> details) {
    return details.orElse(List.of()).toArray(String[]::new);
  }

  private static Action action(Row row) {
    Optional<Action.Ended> ended =
        row.optionalText("finished")
            .map(
                finished ->
                    new Action.Ended(
                        finished.equals(SUCCESS),
                        row.flag("of_download"),
                        row.texts("details"),
                        row.flag("contradicted")
                            ? Optional.of(row.texts("later_details"))
                            : Optional.empty()));
    return new Action(
        (int) row.number("number"),
        row.text("version"),
        Action.State.valueOf(row.text("state")),
        row.flag("cancel_refused"),
        ended,
        row.instant("offered_at"),
        row.instant("changed_at"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
