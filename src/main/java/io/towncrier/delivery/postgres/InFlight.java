package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for claims that were made before a change: step 2 of the opt-out fence (docs/adr/0004). */
final class InFlight {
  private static final Duration FIRST_LOOK = Duration.ofMillis(2);
  private static final Duration LONGEST = Duration.ofMillis(50);

  private final Database database;
  private final String claimsSql;

  InFlight(Database database, String claimsSql) {
    this.database = database;
    this.claimsSql = claimsSql;
  }

  /**
   * Done when every claim that is live now has finished or run out of its lease. Claims that come
   * later saw the change, so nobody waits for them: a busy owner is not starved.
   */
  Uni<Void> awaitNothing(String key) {
    return live(key, null).chain(claims -> await(key, claims, FIRST_LOOK));
  }

  private Uni<Void> await(String key, List<String> claims, Duration pause) {
    if (claims.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Duration next = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(pause)
        .chain(() -> live(key, claims))
        .chain(left -> await(key, left, next));
  }

  private Uni<List<String>> live(String key, @Nullable List<String> among) {
    return database.rows(
        claimsSql, row -> row.text(0), key, among == null ? null : among.toArray(String[]::new));
  }
}
