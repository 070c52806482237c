package io.towncrier.installation.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.installation.ReplayStore;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The one row of the table. */
@ApplicationScoped
class PostgresReplay implements ReplayStore {
  private static final String FIND =
      """
      SELECT replay.due, replay.kind, replay.after_id, replay.erased FROM erasure_replay AS replay
      """;

  private static final String BEGIN =
      "UPDATE erasure_replay SET due = true, kind = '', after_id = '', erased = 0";

  private static final String SAVE =
      "UPDATE erasure_replay SET due = $1, kind = $2, after_id = $3, erased = $4";

  private final Database database;

  PostgresReplay(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Replay> find() {
    return database.rowsAlone(FIND, PostgresReplay::replay).map(rows -> rows.get(0));
  }

  @Override
  public Uni<Optional<Replay>> lock() {
    return database
        .rows(FIND + "FOR UPDATE SKIP LOCKED", PostgresReplay::replay)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Void> begin() {
    return database.update(BEGIN).replaceWithVoid();
  }

  @Override
  public Uni<Void> save(Replay replay) {
    return database
        .update(SAVE, replay.due(), replay.kind(), replay.after(), replay.erased())
        .replaceWithVoid();
  }

  private static Replay replay(Row row) {
    return new Replay(
        row.flag("due"), row.text("kind"), row.text("after_id"), row.number("erased"));
  }
}
