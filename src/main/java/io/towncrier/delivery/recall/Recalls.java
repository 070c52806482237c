package io.towncrier.delivery.recall;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** What is to be called back. It is written by the statements that forbid pushes. */
public interface Recalls {
  /**
   * Changes whose pushes are still to be found, the oldest first.
   *
   * @param lease how long a claim holds: when it is over, no claim from before the change is left
   */
  Uni<List<Intent>> intents(Duration lease, int limit);

  /** Whether a push that was claimed before the change may still be on its way. */
  Uni<Boolean> isInFlight(Intent intent);

  /**
   * Looks at one page of the pushes that a change forbids, and marks those a provider may hold. A
   * push that is marked already is not marked again. Pushes that the owner has switched on again
   * are left alone.
   *
   * @return how many pushes were looked at; if fewer than a page, all are done, and the intent is
   *     removed
   */
  Uni<Integer> expand(Intent intent, int page);

  /**
   * Takes pushes that are to be called back now; nobody else does for a while.
   *
   * @param notOf providers whose pushes are left for later
   */
  Uni<List<Taken>> take(int limit, Duration belongsFor, List<String> notOf);

  /**
   * All that is called back of the devices of pushes that were taken. Due are those that were
   * taken, and no push that is to be tried later.
   */
  Uni<List<Recall>> of(List<Taken> taken);

  /** Writes what became of them, unless it has come to its end before. */
  Uni<Void> record(List<Answered> answered);

  /**
   * A change.
   *
   * @param kind of whose pushes it is
   * @param of the owner or the notice
   * @param isDue whether the leases of all claims from before it are over
   */
  record Intent(long id, Kind kind, String of, boolean isDue) {}

  /** Whose pushes are called back. */
  enum Kind {
    /** Those that an owner does not want any more. */
    OWNER,
    /** All of a notice. */
    NOTICE
  }

  /** A push that is to be called back now. */
  record Taken(String notice, String device) {}

  /** A push, and what came of its recall. */
  record Answered(String notice, String device, RecallOutcome outcome) {}
}
