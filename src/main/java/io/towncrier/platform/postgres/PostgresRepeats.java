package io.towncrier.platform.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.rest.guards.RepeatStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Requests that may be sent again, in PostgreSQL. */
@ApplicationScoped
class PostgresRepeats implements RepeatStore {
  // Waits for another transaction that notes the same key, and then finds its row.
  private static final String NOTE =
      """
      INSERT INTO repeated_request (operator, key, operation, body_hash, at)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (operator, key) DO UPDATE SET
        operation = excluded.operation, body_hash = excluded.body_hash, answer = NULL,
        at = excluded.at
      WHERE repeated_request.at < $6
      """;

  private static final String KNOWN =
      """
      SELECT known.operation, known.body_hash, coalesce(known.answer, '{}') AS answer
      FROM repeated_request AS known WHERE known.operator = $1 AND known.key = $2
      """;

  private static final String ANSWERED =
      """
      UPDATE repeated_request SET answer = $3
      WHERE repeated_request.operator = $1 AND repeated_request.key = $2
      """;

  private static final String FORGET =
      """
      DELETE FROM repeated_request
      WHERE repeated_request.ctid = ANY (ARRAY(
        SELECT old.ctid FROM repeated_request AS old
        WHERE old.at < $1
        LIMIT $2
        FOR UPDATE SKIP LOCKED))
      """;

  private final Database database;

  PostgresRepeats(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Known>> note(Request request, Instant now, Instant since) {
    return database
        .update(
            NOTE,
            request.operator(),
            request.key(),
            request.operation(),
            request.bodyHash(),
            now.atOffset(ZoneOffset.UTC),
            since.atOffset(ZoneOffset.UTC))
        .chain(
            noted ->
                noted == 1
                    ? Uni.createFrom().item(Optional.empty())
                    : database
                        .rows(
                            KNOWN,
                            row ->
                                new Known(
                                    row.text("operation"),
                                    row.text("body_hash"),
                                    row.text("answer")),
                            request.operator(),
                            request.key())
                        .map(rows -> rows.stream().findFirst()));
  }

  @Override
  public Uni<Void> answered(Request request, String answer) {
    return database.update(ANSWERED, request.operator(), request.key(), answer).replaceWithVoid();
  }

  @Override
  public Uni<Integer> forget(Instant before, int limit) {
    return database.update(FORGET, before.atOffset(ZoneOffset.UTC), (long) limit);
  }
}
