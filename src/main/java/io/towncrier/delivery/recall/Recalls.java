package io.towncrier.delivery.recall;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushContent;
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
   * are left alone, and so are those of a release that was published again.
   *
   * @param intent of any kind but {@link Kind#UPDATED}
   * @return how many pushes were looked at; if fewer than a page, all are done, and the intent is
   *     removed
   */
  Uni<Integer> expand(Intent intent, int page);

  /** The pushes about releases for a device that may be held, those to phones among them. */
  Uni<List<AboutRelease>> aboutReleases(String device);

  /** Marks what is unwanted since a device has another version; the intent is removed. */
  Uni<Void> expand(Intent updated, List<Unwanted> unwanted);

  /** Forgets addresses whose pushes nobody holds any more, some at a time. */
  Uni<Void> forgetAddresses();

  /**
   * Takes pushes that are to be called back now, those of devices that are gone among them; nobody
   * else does for a while.
   *
   * @param notOf providers whose pushes are left for later
   */
  Uni<List<Taken>> take(int limit, Duration belongsFor, List<String> notOf);

  /**
   * All that is called back of the devices of pushes that were taken, once for each address that a
   * push may be held for. Due are those that were taken, and no push that is to be tried later.
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
    NOTICE,
    /** All of a notice about a release that was withdrawn. */
    WITHDRAWN,
    /** Those about releases that a device needs no more: it has another version. */
    UPDATED,
    /** Those that a device, or a phone that is notified about it, got by a link that is gone. */
    UNLINKED
  }

  /** A push that a provider may hold, and the release that it tells of. */
  record AboutRelease(String notice, String device, PushContent.Release release) {}

  /**
   * A push that is not wanted any more.
   *
   * @param because code of the reason
   */
  record Unwanted(String notice, String device, String because) {}

  /** A push that is to be called back now. */
  record Taken(String notice, String device) {}

  /** A push, and what came of its recall. */
  record Answered(String notice, String device, RecallOutcome outcome) {}
}
