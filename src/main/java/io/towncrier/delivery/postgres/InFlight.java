package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.database.DatabaseUnavailable;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.RequestTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for claims that were made before a change: step 2 of the opt-out fence (docs/adr/0004). */
final class InFlight {
  private static final Duration FIRST_LOOK = Duration.ofMillis(2);
  private static final Duration LONGEST = Duration.ofMillis(50);
  private static final Duration ONE_LOOK = Duration.ofSeconds(4);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private final Database database;
  private final String claimsSql;
  private final Duration atMost;

  /**
   * For one kind of change.
   *
   * @param atMost a caller who waits longer is told so, and goes on waiting with the same request
   */
  InFlight(Database database, String claimsSql, Duration atMost) {
    this.database = database;
    this.claimsSql = claimsSql;
    this.atMost = atMost;
  }

  /**
   * Done when every claim that is live now has finished or run out of its lease. Claims that come
   * later saw the change, so nobody waits for them: a busy owner is not starved. Fails with the
   * problem not-yet-effective when that takes too long, or when the database cannot be asked; the
   * change, which was committed before, stays.
   */
  Uni<Void> awaitNothing(String key) {
    long end = System.nanoTime() + atMost.toNanos();
    return live(key, null)
        .chain(claims -> await(key, claims, FIRST_LOOK, end))
        .onFailure(DatabaseUnavailable.class)
        .transform(away -> notYet());
  }

  private Uni<Void> await(String key, List<String> claims, Duration pause, long end) {
    if (claims.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    // Behind a look: a process that stood still meanwhile has looked once more.
    if (System.nanoTime() - end > 0) {
      return Uni.createFrom().failure(notYet());
    }
    Duration next = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(pause)
        .chain(() -> live(key, claims))
        .chain(left -> await(key, left, next, end));
  }

  private static RuntimeException notYet() {
    return ProblemCode.NOT_YET_EFFECTIVE
        .with("A push that it forbids may still be on its way. Send the same request again.")
        .asException(AGAIN_AFTER);
  }

  private Uni<List<String>> live(String key, @Nullable List<String> among) {
    // The wait has a time of its own, however long the change took.
    RequestTime.beginAgain(ONE_LOOK);
    // By itself: it sees what was committed before it, and is one round trip.
    return database.rowsAlone(
        claimsSql,
        row -> row.text("claim_id"),
        key,
        among == null ? null : among.toArray(String[]::new));
  }
}
