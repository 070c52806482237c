package io.towncrier.audit.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.postgres.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Where a chain begins, and the removal of what stands before that. */
final class ChainStarts {
  private static final String START = "SELECT start.number, start.hash FROM %2$s AS start";

  /**
   * A head that does not fit stays out: the chain would begin behind nothing. So does one whose
   * entry is younger than its signature says: two clocks have to agree before something is removed.
   */
  private static final String MOVE =
      """
      UPDATE %2$s SET number = fits.number, hash = fits.hash
      FROM (
        SELECT entry.number, entry.hash
        FROM unnest($1::bigint[], $2::text[]) AS head (number, hash)
        JOIN %1$s AS entry ON entry.number = head.number AND entry.hash = head.hash
        WHERE entry.at < $3
        ORDER BY entry.number DESC
        LIMIT 1) AS fits
      WHERE %2$s.number < fits.number
      """;

  /**
   * Looks at the first thousand entries by number. Numbers follow the time, except where clocks
   * differ: one entry from a clock that was ahead must not keep all entries behind it.
   */
  private static final String HAS_BEFORE =
      """
      SELECT count(*) AS old
      FROM (SELECT first.at FROM %1$s AS first ORDER BY first.number LIMIT 1000) AS first
      WHERE first.at < $1
      """;

  /** By the primary key, from the lowest number: what is appended is not touched. */
  private static final String REMOVE =
      """
      DELETE FROM %1$s
      WHERE %1$s.number IN (
        SELECT old.number FROM %1$s AS old
        WHERE old.number <= (SELECT start.number FROM %2$s AS start)
        ORDER BY old.number
        LIMIT $1)
      """;

  private final Database database;
  private final String entries;
  private final String start;

  /**
   * @param entries the table of the entries
   * @param start the table of one row that says where they begin
   */
  ChainStarts(Database database, String entries, String start) {
    this.database = database;
    this.entries = entries;
    this.start = start;
  }

  Uni<AuditLog.Head> find() {
    return database.rows(sql(START), PostgresAuditLog::head).map(found -> found.get(0));
  }

  Uni<Boolean> hasBefore(Instant moment) {
    return database
        .rows(sql(HAS_BEFORE), row -> row.number("old") > 0, moment.atOffset(ZoneOffset.UTC))
        .map(found -> found.get(0));
  }

  Uni<Void> moveBehind(List<AuditLog.Head> heads, Instant moment) {
    return database
        .update(
            sql(MOVE),
            heads.stream().map(AuditLog.Head::number).toArray(Long[]::new),
            heads.stream().map(AuditLog.Head::hash).toArray(String[]::new),
            moment.atOffset(ZoneOffset.UTC))
        .replaceWithVoid();
  }

  Uni<Integer> remove(int limit) {
    return database.update(sql(REMOVE), (long) limit);
  }

  private String sql(String text) {
    return text.formatted(entries, start);
  }
}
