package io.towncrier.platform.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.database.DatabaseProbe;
import io.towncrier.platform.database.DatabaseUnavailable;
import io.towncrier.platform.database.DatabaseUnavailable.Why;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Asks PostgreSQL the least there is to ask, and remembers what writing has met. */
@ApplicationScoped
class PostgresProbe implements DatabaseProbe {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

  private final Database database;
  private final DatabaseState state;
  private final Vertx vertx;

  PostgresProbe(Database database, DatabaseState state, Vertx vertx) {
    this.database = database;
    this.state = state;
    this.vertx = vertx;
  }

  @Override
  public Uni<Optional<Why>> trouble() {
    return Deadline.within(
            vertx,
            new AtomicLong(ANSWERS_WITHIN.toNanos()),
            deadline -> database.rows("SELECT 1", row -> true))
        .map(answered -> state.trouble())
        .onFailure()
        .recoverWithItem(
            failure ->
                Optional.of(
                    failure instanceof DatabaseUnavailable unavailable
                        ? unavailable.why()
                        : Why.AWAY));
  }
}
