package io.towncrier.platform.postgres;

import io.towncrier.platform.database.DatabaseUnavailable.Why;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What failures have shown of the database: that it has no room is seen by nobody who only reads.
 */
@ApplicationScoped
class DatabaseState {
  private static final Logger LOG = Logger.getLogger(DatabaseState.class);
  // Something writes every second; a failure that did not come again is over.
  private static final Duration HOLDS = Duration.ofSeconds(15);

  private final InstantSource clock;
  private final Map<Why, Told> told = new EnumMap<>(Why.class);
  private volatile Instant fullAt = Instant.EPOCH;

  DatabaseState(InstantSource clock) {
    this.clock = clock;
  }

  void failed(Why why) {
    Instant now = clock.instant();
    if (why == Why.FULL) {
      fullAt = now;
    }
    countedForLog(why, now)
        .ifPresent(
            before ->
                LOG.warnf(
                    "the database %s: what was asked of it failed, and %d before that went untold",
                    why.text(), before));
  }

  /**
   * How many failures of this kind the log has not told, when it is time to tell again: requests
   * fail by the thousand while a database is away.
   */
  synchronized Optional<Integer> countedForLog(Why why, Instant now) {
    Told last = told.get(why);
    if (last == null || !now.isBefore(last.at().plus(HOLDS)) || now.isBefore(last.at())) {
      told.put(why, new Told(now, 0));
      return Optional.of(last == null ? 0 : last.since());
    }
    told.put(why, new Told(last.at(), last.since() + 1));
    return Optional.empty();
  }

  /** What keeps it from writing, as far as it was met lately. */
  Optional<Why> trouble() {
    return clock.instant().isBefore(fullAt.plus(HOLDS)) ? Optional.of(Why.FULL) : Optional.empty();
  }

  /**
   * What the log has of one kind.
   *
   * @param since failures that it was not told
   */
  private record Told(Instant at, int since) {}
}
