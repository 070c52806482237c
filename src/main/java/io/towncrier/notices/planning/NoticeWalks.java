package io.towncrier.notices.planning;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps how far the fleet was gone through for each notice. */
public interface NoticeWalks {
  /** A notice begins; in the current transaction. */
  Uni<Walk> begin(String notice, boolean urgent);

  /**
   * Locks a walk that is not through until the transaction ends, one that nobody else has locked:
   * urgent notices first, then in turns.
   *
   * @param except of none of these notices
   */
  Uni<Optional<Walk>> take(Set<String> except);

  /** Writes down how far it is now, in the transaction that has locked it. */
  Uni<Void> advance(String notice, Step step);

  /** It is over, however far it came. */
  Uni<Void> close(String notice);

  /** Notices in inboxes of which not all is planned, and of which this device has no delivery. */
  Uni<List<String>> openWithout(String device);

  /** How the planning of a notice stands; empty when it has not begun. */
  Uni<Optional<Standing>> of(String notice);

  /**
   * A page.
   *
   * @param next the last device that was looked at
   * @param planned deliveries that are new
   * @param newer of them to devices that registered behind the preview
   */
  record Step(String next, boolean last, int planned, long newer) {}

  /**
   * How far the planning of a notice is.
   *
   * @param throughAt when the last device was looked at
   * @param preview what was counted before
   * @param newer planned for devices that registered behind that preview
   */
  record Standing(
      long planned, Optional<Instant> throughAt, Optional<Preview> preview, long newer) {}

  /** What the last preview has counted, and when. */
  record Preview(long addressed, Instant at) {}
}
