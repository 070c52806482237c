package io.towncrier.privacy.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.processors.ErasureOutbox;
import io.towncrier.privacy.processors.ToErase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** What processors are to delete, in PostgreSQL. */
@ApplicationScoped
class PostgresErasureOutbox implements ErasureOutbox {
  private static final String TAKE =
      """
      UPDATE processor_erasure
      SET next_try_at = $2, tries = processor_erasure.tries + 1
      WHERE processor_erasure.id IN (
        SELECT due.id FROM processor_erasure AS due
        WHERE due.next_try_at <= $1
        ORDER BY due.next_try_at
        LIMIT $3
        FOR UPDATE SKIP LOCKED)
      RETURNING processor_erasure.id, processor_erasure.processor, processor_erasure.kind,
        processor_erasure.device_id, processor_erasure.push_sealed, processor_erasure.tries
      """;

  private static final String DONE =
      "DELETE FROM processor_erasure WHERE processor_erasure.id = $1";

  private static final String TRY_AGAIN =
      """
      UPDATE processor_erasure SET next_try_at = $2, closed_since = NULL
      WHERE processor_erasure.id = $1
      """;

  private static final String NOT_TRIED =
      """
      UPDATE processor_erasure
      SET next_try_at = $2, tries = greatest(processor_erasure.tries - 1, 0)
      WHERE processor_erasure.id = $1
      """;

  private static final String SET_ASIDE =
      """
      UPDATE processor_erasure
      SET next_try_at = $3, closed_since = coalesce(processor_erasure.closed_since, $2)
      WHERE processor_erasure.id = $1
      """;

  private static final String ARE_SET_ASIDE =
      """
      SELECT count(*) AS closed
      FROM (
        SELECT FROM processor_erasure WHERE processor_erasure.closed_since IS NOT NULL
        LIMIT $1) AS closed
      """;

  private static final String ASKED_BEFORE =
      """
      SELECT count(*) AS late
      FROM (
        SELECT FROM processor_erasure WHERE processor_erasure.asked_at < $1 LIMIT $2) AS late
      """;

  /** More would say nothing new to the alarm. */
  private static final long COUNTED_AT_MOST = 1_000;

  private final Database database;

  PostgresErasureOutbox(Database database) {
    this.database = database;
  }

  @Override
  public Uni<List<ToErase>> take(Instant now, Instant until, int limit) {
    return database.rows(TAKE, PostgresErasureOutbox::toErase, at(now), at(until), (long) limit);
  }

  @Override
  public Uni<Void> done(String id) {
    return database.update(DONE, id).replaceWithVoid();
  }

  @Override
  public Uni<Void> tryAgain(String id, Instant at) {
    return database.update(TRY_AGAIN, id, at(at)).replaceWithVoid();
  }

  @Override
  public Uni<Void> notTried(String id, Instant at) {
    return database.update(NOT_TRIED, id, at(at)).replaceWithVoid();
  }

  @Override
  public Uni<Void> setAside(String id, Instant since, Instant at) {
    return database.update(SET_ASIDE, id, at(since), at(at)).replaceWithVoid();
  }

  @Override
  public Uni<Long> setAside() {
    return database
        .rows(ARE_SET_ASIDE, row -> row.number("closed"), COUNTED_AT_MOST)
        .map(counted -> counted.get(0));
  }

  @Override
  public Uni<Long> askedBefore(Instant moment) {
    return database
        .rows(ASKED_BEFORE, row -> row.number("late"), at(moment), COUNTED_AT_MOST)
        .map(counted -> counted.get(0));
  }

  private static ToErase toErase(Row row) {
    return new ToErase(
        row.text("id"),
        row.text("processor"),
        row.text("kind"),
        row.text("device_id"),
        new Sealed(row.optionalBytes("push_sealed").orElseThrow()),
        (int) row.number("tries"));
  }

  private static OffsetDateTime at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
