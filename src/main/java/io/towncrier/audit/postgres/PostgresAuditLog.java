package io.towncrier.audit.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditChain;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

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

  private static final String LIST =
      ENTRY
          + """
          WHERE ($1::text IS NULL OR entry.subject = $1)
            AND ($2::bigint IS NULL OR entry.number %s $2)
          ORDER BY entry.number %s
          LIMIT $3
          """;

  private static final String COUNT =
      Pages.count("FROM audit_entry AS entry WHERE ($1::text IS NULL OR entry.subject = $1)");

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
  public Uni<Page<Stored>> list(Optional<String> subject, PageRequest<Long> request) {
    String of = subject.orElse(null);
    return database
        .rows(
            Pages.ordered(LIST, request.descending()),
            PostgresAuditLog::stored,
            of,
            request.after().orElse(null),
            (long) request.limitAndOne())
        .chain(
            found ->
                Pages.of(found, request, () -> database.rows(COUNT, row -> row.number(0), of)));
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
