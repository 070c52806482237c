package io.towncrier.platform.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Halt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is halted for the whole cell, in PostgreSQL: a row for each part, which is always there. */
@ApplicationScoped
public class CellHalts {
  private static final String FIND =
      "SELECT halt.since, halt.security_since FROM cell_halt AS halt WHERE halt.what = $1";
  // A claim's decision rests on it (docs/adr/0004): what waits for the lock sees what was changed.
  private static final String LOCK_FOR_SHARE = FIND + " FOR SHARE";
  private static final String LOCK_FOR_CHANGE = FIND + " FOR UPDATE";
  private static final String SAVE =
      "UPDATE cell_halt SET since = $2, security_since = $3 WHERE cell_halt.what = $1";

  private final Database database;

  CellHalts(Database database) {
    this.database = database;
  }

  /** The parts of a cell that can be halted. */
  public enum Part {
    PUSHES,
    ROLLOUTS
  }

  /** Locks nothing. */
  public Uni<Halt> find(Part part) {
    return read(FIND, part);
  }

  /** Holds until the transaction ends; those who share it do not wait for each other. */
  public Uni<Halt> lockForShare(Part part) {
    return read(LOCK_FOR_SHARE, part);
  }

  /** Waits for those who share it, and holds until the transaction ends. */
  public Uni<Halt> lockForChange(Part part) {
    return read(LOCK_FOR_CHANGE, part);
  }

  /** Replaces what was locked. */
  public Uni<Void> save(Part part, Halt halt) {
    return database
        .update(SAVE, part.name(), time(halt.since()), time(halt.securitySince()))
        .replaceWithVoid();
  }

  private Uni<Halt> read(String sql, Part part) {
    return database
        .rows(
            sql,
            row -> new Halt(row.optionalInstant("since"), row.optionalInstant("security_since")),
            part.name())
        .map(rows -> rows.get(0));
  }

  private static @Nullable Object time(Optional<Instant> moment) {
    return moment.map(m -> m.atOffset(ZoneOffset.UTC)).orElse(null);
  }
}
