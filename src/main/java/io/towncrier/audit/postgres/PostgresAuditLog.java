package io.towncrier.audit.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditChain;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The audit log in PostgreSQL. The row of the head is what appending transactions queue for. */
@ApplicationScoped
class PostgresAuditLog implements AuditLog {
  private static final String HEAD = "SELECT audit_head.number, audit_head.hash FROM audit_head";

  private static final String LOCK_HEAD = HEAD + " FOR UPDATE";

  private static final String MOVE_HEAD = "UPDATE audit_head SET number = $1, hash = $2";

  private static final String APPEND =
      """
      INSERT INTO audit_entry (number, at, actor, action, subject, detail, hash)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  private static final String ENTRY =
      """
      SELECT entry.number, entry.at, entry.actor, entry.action, entry.subject, entry.detail,
        entry.hash
      FROM audit_entry AS entry
      """;

  private static final String NEWEST =
      ENTRY
          + """
          WHERE entry.number < $1 AND ($2::text IS NULL OR entry.subject = $2)
          ORDER BY entry.number DESC
          LIMIT $3
          """;

  private static final String BEHIND =
      ENTRY + "WHERE entry.number > $1 ORDER BY entry.number LIMIT $2";

  private final Database database;

  PostgresAuditLog(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> append(AuditEntry entry) {
    return database
        .rows(LOCK_HEAD, PostgresAuditLog::head)
        .chain(
            heads -> {
              Head head = heads.get(0);
              long number = head.number() + 1;
              String hash = AuditChain.next(head.hash(), number, entry);
              return database
                  .update(
                      APPEND,
                      number,
                      entry.at().atOffset(ZoneOffset.UTC),
                      entry.actor(),
                      entry.action(),
                      entry.subject(),
                      entry.detail(),
                      hash)
                  .chain(() -> database.update(MOVE_HEAD, number, hash));
            })
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Stored>> newest(OptionalLong before, Optional<String> subject, int limit) {
    return database.rows(
        NEWEST,
        PostgresAuditLog::stored,
        before.orElse(Long.MAX_VALUE),
        subject.orElse(null),
        (long) limit);
  }

  @Override
  public Uni<List<Stored>> behind(long number, int limit) {
    return database.rows(BEHIND, PostgresAuditLog::stored, number, (long) limit);
  }

  @Override
  public Uni<Head> head() {
    return database.rows(HEAD, PostgresAuditLog::head).map(heads -> heads.get(0));
  }

  private static Head head(Row row) {
    return new Head(row.number(0), row.text(1));
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.number(0),
        new AuditEntry(row.text(2), row.text(3), row.text(4), row.text(5), row.instant(1)),
        row.text(6));
  }
}
