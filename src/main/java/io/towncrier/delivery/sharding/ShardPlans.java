package io.towncrier.delivery.sharding;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** Knows what waits, and which notices were split lately. */
public interface ShardPlans {
  /**
   * Notices of which something is due or not planned yet and that may be sent, urgent ones first.
   */
  Uni<List<String>> withDue();

  /**
   * Takes the plan of a notice, so that nobody else makes one for a while.
   *
   * @return whether it was taken; in the current transaction
   */
  Uni<Boolean> take(String notice, Duration notAgainBefore);

  /**
   * How many deliveries of a notice are due, or will be.
   *
   * @param within from now
   * @param atMost what is counted to
   */
  Uni<Long> due(String notice, Duration within, long atMost);
}
