package io.towncrier.audit.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditChain;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.audit.ReadLog;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Audited reads in PostgreSQL: notes that wait, and the chain that a job makes of them. */
@ApplicationScoped
class PostgresReadLog implements ReadLog {
  private static final String NOTE =
      """
      INSERT INTO read_waiting (at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5)
      """;

  private static final String HEAD = "SELECT read_head.number, read_head.hash FROM read_head";

  private static final String LOCK_HEAD = HEAD + " FOR UPDATE";

  private static final String WAITING =
      """
      DELETE FROM read_waiting
      WHERE read_waiting.id IN (
        SELECT first.id FROM read_waiting AS first ORDER BY first.id LIMIT $1)
      RETURNING read_waiting.id, read_waiting.at, read_waiting.actor, read_waiting.action,
        read_waiting.subject, read_waiting.detail
      """;

  private static final String CHAIN =
      """
      INSERT INTO read_entry (number, at, actor, action, subject, detail, hash)
      SELECT entry.number, entry.at, entry.actor, entry.action, entry.subject, entry.detail,
        entry.hash
      FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[],
        $7::text[]) AS entry (number, at, actor, action, subject, detail, hash)
      """;

  private static final String MOVE_HEAD = "UPDATE read_head SET number = $1, hash = $2";

  private static final String ENTRY =
      """
      SELECT entry.number, entry.at, entry.actor, entry.action, entry.subject, entry.detail,
        entry.hash
      FROM read_entry AS entry
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
      Pages.count("FROM read_entry AS entry WHERE ($1::text IS NULL OR entry.subject = $1)");

  private static final String BEHIND =
      ENTRY + "WHERE entry.number > $1 ORDER BY entry.number LIMIT $2";

  private final Database database;
  private final ChainStarts starts;

  PostgresReadLog(Database database) {
    this.database = database;
    this.starts = new ChainStarts(database, "read_entry", "read_start");
  }

  @Override
  public String chain() {
    return READS;
  }

  @Override
  public Uni<AuditLog.Head> start() {
    return starts.find();
  }

  @Override
  public Uni<Boolean> hasBefore(Instant moment) {
    return starts.hasBefore(moment);
  }

  @Override
  public Uni<Void> beginBehind(List<AuditLog.Head> heads, Instant moment) {
    return starts.moveBehind(heads, moment);
  }

  @Override
  public Uni<Integer> removeBeforeStart(int limit) {
    return starts.remove(limit);
  }

  @Override
  public Uni<Void> note(AuditEntry entry) {
    return database
        .update(
            NOTE,
            entry.at().atOffset(ZoneOffset.UTC),
            entry.actor(),
            entry.action(),
            entry.subject(),
            entry.detail())
        .replaceWithVoid();
  }

  @Override
  public Uni<Integer> chain(int limit) {
    return database.inTransaction(
        () ->
            database
                .rows(LOCK_HEAD, PostgresAuditLog::head)
                .chain(
                    heads ->
                        database
                            .rows(WAITING, Waiting::of, (long) limit)
                            .chain(waiting -> append(heads.get(0), waiting))));
  }

  private Uni<Integer> append(AuditLog.Head head, List<Waiting> waiting) {
    if (waiting.isEmpty()) {
      return Uni.createFrom().item(0);
    }
    // A DELETE returns its rows in no order.
    List<AuditEntry> entries =
        waiting.stream()
            .sorted((one, other) -> Long.compare(one.id(), other.id()))
            .map(Waiting::entry)
            .toList();
    int count = entries.size();
    Long[] numbers = new Long[count];
    String[] hashes = new String[count];
    String hash = head.hash();
    for (int i = 0; i < count; i++) {
      numbers[i] = head.number() + i + 1;
      hash = AuditChain.next(hash, numbers[i], entries.get(i));
      hashes[i] = hash;
    }
    return database
        .update(
            CHAIN,
            numbers,
            entries.stream()
                .map(e -> e.at().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new),
            entries.stream().map(AuditEntry::actor).toArray(String[]::new),
            entries.stream().map(AuditEntry::action).toArray(String[]::new),
            entries.stream().map(AuditEntry::subject).toArray(String[]::new),
            entries.stream().map(AuditEntry::detail).toArray(String[]::new),
            hashes)
        .chain(() -> database.update(MOVE_HEAD, numbers[count - 1], hashes[count - 1]))
        .replaceWith(count);
  }

  @Override
  public Uni<Page<AuditLog.Stored>> list(Optional<String> subject, PageRequest<Long> request) {
    String of = subject.orElse(null);
    return database
        .rows(
            Pages.ordered(LIST, request.descending()),
            PostgresAuditLog::stored,
            of,
            request.after().orElse(null),
            (long) request.limitAndOne())
        .chain(found -> Pages.of(found, request, () -> database.rows(COUNT, Pages::counted, of)));
  }

  @Override
  public Uni<List<AuditLog.Stored>> behind(long number, int limit) {
    return database.rows(BEHIND, PostgresAuditLog::stored, number, (long) limit);
  }

  @Override
  public Uni<AuditLog.Head> head() {
    return database.rows(HEAD, PostgresAuditLog::head).map(heads -> heads.get(0));
  }

  /** A note that is not chained yet. */
  private record Waiting(long id, AuditEntry entry) {
    static Waiting of(Row row) {
      return new Waiting(
          row.number("id"),
          new AuditEntry(
              row.text("actor"),
              row.text("action"),
              row.text("subject"),
              row.text("detail"),
              row.instant("at")));
    }
  }
}
