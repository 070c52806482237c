package io.towncrier.notices.pacing;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What waits of notices that have a pace. */
public interface Backlog {
  /** Writes down how far apart the deliveries of a notice are. */
  Uni<Void> keep(String notice, Duration step);

  /** The pace of a notice, if it has one and is not over. */
  Uni<Optional<Paced>> of(String notice);

  /**
   * Notices with a pace that are under way, and of which something was due before this moment.
   *
   * @param slowerThan a step that is no longer than this one is not looked at
   */
  Uni<List<Paced>> late(Instant dueBefore, Duration slowerThan);

  /** How many wait from a moment on, by the number of a bucket of this length. */
  Uni<Map<Long, Long>> waiting(String notice, Instant from, Duration bucket);

  /** Locks some that were due before this moment, leaving out what a claim has locked. */
  Uni<List<String>> lockLate(String notice, Instant dueBefore, int limit);

  /** Makes what was locked due anew. */
  Uni<Void> place(String notice, List<String> devices, List<Instant> due);

  /**
   * A notice and its pace.
   *
   * @param ttl for how long a device is pushed to after it is due
   */
  record Paced(String notice, Duration step, Duration ttl) {}
}
