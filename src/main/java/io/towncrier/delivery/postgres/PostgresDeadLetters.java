package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeadLetters;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Dead letters in PostgreSQL. */
@ApplicationScoped
class PostgresDeadLetters implements DeadLetters {
  private static final String LIST =
      """
      SELECT delivery.notice_id, delivery.device_id, delivery.reason, delivery.attempts,
        delivery.finished_at
      FROM delivery
      WHERE delivery.state = 'DEAD'
        AND ($1::text IS NULL OR delivery.notice_id = $1)
        AND ($2::text IS NULL OR (delivery.notice_id, delivery.device_id) %1$s ($2, $3::text))
      ORDER BY delivery.notice_id %2$s, delivery.device_id %2$s
      LIMIT $4
      """;

  private static final String COUNT =
      Pages.count(
          """
          FROM delivery
          WHERE delivery.state = 'DEAD' AND ($1::text IS NULL OR delivery.notice_id = $1)
          """);

  // Locks the row that settling looks at, before what it looks for is changed.
  private static final String OPEN_AGAIN =
      """
      UPDATE push_content SET settled = false
      WHERE push_content.notice_id = $1
        AND push_content.expires_at > now()
        AND push_content.halted_because IS DISTINCT FROM 'notice-cancelled'
      """;

  private static final String RELEASE =
      """
      UPDATE delivery
      SET state = 'PENDING', reason = 'released', attempts = 0, due_at = now(), finished_at = NULL,
        generation = delivery.generation + 1, passed = '{}'
      WHERE delivery.notice_id = $1 AND delivery.state = 'DEAD'
        AND ($2::text IS NULL OR delivery.reason = $2)
        AND ($3::text IS NULL OR delivery.device_id = $3)
      """;

  private final Database database;

  PostgresDeadLetters(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Page<DeadLetter>> list(Optional<String> notice, PageRequest<Key> request) {
    String of = notice.orElse(null);
    return database
        .rows(
            Pages.ordered(LIST, request.descending()),
            PostgresDeadLetters::deadLetter,
            of,
            request.after().map(Key::notice).orElse(null),
            request.after().map(Key::device).orElse(null),
            (long) request.limitAndOne())
        .chain(found -> Pages.of(found, request, () -> database.rows(COUNT, Pages::counted, of)));
  }

  private static DeadLetter deadLetter(Row row) {
    return new DeadLetter(
        new Key(row.text("notice_id"), row.text("device_id")),
        row.text("reason"),
        (int) row.number("attempts"),
        row.instant("finished_at"));
  }

  @Override
  public Uni<Integer> release(String notice, Optional<String> reason, Optional<String> device) {
    return database.inTransaction(
        () ->
            database
                .update(OPEN_AGAIN, notice)
                .chain(
                    open ->
                        open == 0
                            ? Uni.createFrom().item(0)
                            : database.update(
                                RELEASE, notice, reason.orElse(null), device.orElse(null))));
  }
}
