package io.towncrier.console.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.console.ConsoleSessions;
import io.towncrier.console.SessionStore;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.retention.Remover;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** Sessions in the table {@code console_session}. */
@ApplicationScoped
class PostgresSessions implements SessionStore, Remover {
  private static final String ADD =
      """
      INSERT INTO console_session (hash, operator, multi_factor, mark, opened_at, used_at, role)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  // Those of which nobody signed out.
  private static final String FORGET_OLD =
      """
      DELETE FROM console_session
      WHERE hash IN (
        SELECT old.hash FROM console_session AS old
        WHERE old.opened_at < $1
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  private static final String FIND =
      """
      SELECT operator, role, multi_factor, mark, opened_at, used_at FROM console_session
      WHERE hash = ANY ($1)
      """;

  private static final String USED =
      """
      UPDATE console_session SET used_at = $2 WHERE hash = ANY ($1) AND used_at < $2
      """;

  private static final String REMOVE =
      """
      DELETE FROM console_session
      WHERE hash = ANY ($1)
      """;

  private final Database database;

  PostgresSessions(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> add(byte[] hash, Session session) {
    return database
        .update(
            ADD,
            Buffer.buffer(hash),
            session.operator(),
            session.multiFactor(),
            session.mark(),
            utc(session.openedAt()),
            utc(session.usedAt()),
            session.role())
        .replaceWithVoid();
  }

  @Override
  public Set<String> periods() {
    return Set.of("console-sessions");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return database.update(FORGET_OLD, utc(now.minus(ConsoleSessions.LONGEST)), (long) limit);
  }

  @Override
  public Uni<Optional<Session>> find(Indexes hashes) {
    return database
        .rowsAlone(FIND, PostgresSessions::session, KeyedHashes.of(hashes.all()))
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Void> used(Indexes hashes, Instant at) {
    return database.update(USED, KeyedHashes.of(hashes.all()), utc(at)).replaceWithVoid();
  }

  @Override
  public Uni<Void> remove(Indexes hashes) {
    return database.update(REMOVE, KeyedHashes.of(hashes.all())).replaceWithVoid();
  }

  private static Session session(Row row) {
    return new Session(
        row.text("operator"),
        row.text("role"),
        row.flag("multi_factor"),
        row.text("mark"),
        row.instant("opened_at"),
        row.instant("used_at"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
