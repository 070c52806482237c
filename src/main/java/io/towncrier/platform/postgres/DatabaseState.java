package io.towncrier.platform.postgres;

import io.towncrier.platform.database.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What failures have shown of the database: that it has no room is seen by nobody who only reads.
 */
@ApplicationScoped
class DatabaseState {
  // Something writes every second; a failure that did not come again is over.
  private static final Duration HOLDS = Duration.ofSeconds(15);

  private final InstantSource clock;
  private volatile Instant fullAt = Instant.EPOCH;

  DatabaseState(InstantSource clock) {
    this.clock = clock;
  }

  void failed(DatabaseUnavailable.Why why) {
    if (why == DatabaseUnavailable.Why.FULL) {
      fullAt = clock.instant();
    }
  }

  /** What keeps it from writing, as far as it was met lately. */
  Optional<DatabaseUnavailable.Why> trouble() {
    return clock.instant().isBefore(fullAt.plus(HOLDS))
        ? Optional.of(DatabaseUnavailable.Why.FULL)
        : Optional.empty();
  }
}
