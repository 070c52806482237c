package io.towncrier.audit.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditChain;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditFilter;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  private static final String OF_FILTER =
      """
      WHERE ($1::text IS NULL OR entry.subject = $1)
        AND ($2::text IS NULL OR entry.actor = $2)
        AND ($3::text IS NULL OR entry.action = $3 OR split_part(entry.action, '.', 1) = $3)
        AND ($4::timestamptz IS NULL OR entry.at >= $4)
        AND ($5::timestamptz IS NULL OR entry.at < $5)
      """;

  private static final String LIST =
      ENTRY
          + OF_FILTER
          + """
            AND ($6::bigint IS NULL OR entry.number %s $6)
          ORDER BY entry.number %s
          LIMIT $7
          """;

  private static final String COUNT = Pages.count("FROM audit_entry AS entry " + OF_FILTER);

  private static final String BEHIND =
      ENTRY + "WHERE entry.number > $1 ORDER BY entry.number LIMIT $2";

  private final Database database;
  private final ChainStarts starts;

  PostgresAuditLog(Database database) {
    this.database = database;
    this.starts = new ChainStarts(database, "audit_entry", "audit_start");
  }

  @Override
  public String chain() {
    return CHANGES;
  }

  @Override
  public Uni<Head> start() {
    return starts.find();
  }

  @Override
  public Uni<Boolean> hasBefore(Instant moment) {
    return starts.hasBefore(moment);
  }

  @Override
  public Uni<Void> beginBehind(List<Head> heads, Instant moment) {
    return starts.moveBehind(heads, moment);
  }

  @Override
  public Uni<Integer> removeBeforeStart(int limit) {
    return starts.remove(limit);
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
  public Uni<Page<Stored>> list(AuditFilter filter, PageRequest<Long> request) {
    @Nullable Object[] filters = {
      filter.subject().orElse(null),
      filter.actor().orElse(null),
      filter.action().orElse(null),
      filter.from().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null),
      filter.to().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null)
    };
    @Nullable Object[] parameters = Arrays.copyOf(filters, filters.length + 2);
    parameters[filters.length] = request.after().orElse(null);
    parameters[filters.length + 1] = (long) request.limitAndOne();
    return database
        .rows(Pages.ordered(LIST, request.descending()), PostgresAuditLog::stored, parameters)
        .chain(
            found -> Pages.of(found, request, () -> database.rows(COUNT, Pages::counted, filters)));
  }

  @Override
  public Uni<List<Stored>> behind(long number, int limit) {
    return database.rows(BEHIND, PostgresAuditLog::stored, number, (long) limit);
  }

  @Override
  public Uni<Head> head() {
    return database.rows(HEAD, PostgresAuditLog::head).map(heads -> heads.get(0));
  }

  static Head head(Row row) {
    return new Head(row.number("number"), row.text("hash"));
  }

  static Stored stored(Row row) {
    return new Stored(
        row.number("number"),
        new AuditEntry(
            row.text("actor"),
            row.text("action"),
            row.text("subject"),
            row.text("detail"),
            row.instant("at")),
        row.text("hash"));
  }
}
