package io.towncrier.overview;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Reads what {@link LookAtStatus} says of the database. */
public interface StatusStore {
  Uni<Outbox> outbox();

  /** Version of the last migration that has run. */
  Uni<Optional<String>> migration();

  /**
   * What waits to be pushed.
   *
   * @param waiting deliveries, of notices that are not halted
   * @param halted deliveries of notices that are
   * @param dead deliveries that were given up
   * @param oldestDueAt since when the oldest is due that nobody has claimed; empty when none is
   */
  record Outbox(long waiting, long halted, long dead, Optional<Instant> oldestDueAt) {}
}
